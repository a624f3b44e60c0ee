package sluice.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlotTest {
    @TempDir
    Path folder;

    @Test
    void givenTwoInstances_whenBothTakeASlot_thenTheyDontShareState() throws IOException {
        try (var one = Slot.take(folder, "rules-processor");
                var other = Slot.take(folder, "rules-processor")) {
            assertThat(one.folder()).isNotEqualTo(other.folder());
            assertThat(one.memberId()).isNotEqualTo(other.memberId());
        }
    }

    @Test
    void givenAnInstanceThatEnded_whenTheNextStarts_thenItFindsTheStateAndItsName() throws IOException {
        Path before;
        String member;
        try (var slot = Slot.take(folder, "rules-processor")) {
            before = slot.folder();
            member = slot.memberId();
        }

        try (var slot = Slot.take(folder, "rules-processor")) {
            assertThat(slot.folder()).isEqualTo(before);
            assertThat(slot.memberId()).isEqualTo(member);
        }
    }
}
