package sluice.bench.bare;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EnvelopeTest {
    private static final Sizes SIZES = new Sizes(300, 3000, 2000, 2500, 120, 220, 1100);

    @Test
    void givenACall_whenItsRecordIsResized_thenItKeepsWhatTheNextHopNeeds() {
        var event = Envelope.event(SIZES, 42, 7, "key-1");
        var decision = Envelope.resized(event, SIZES.decision());

        assertThat(event).hasSize(300);
        assertThat(decision).hasSize(2000);
        assertThat(Envelope.id(decision)).isEqualTo(42);
        assertThat(Envelope.replyPartition(decision)).isEqualTo(7);
        assertThat(Envelope.action(decision)).isEqualTo("key-1");
        assertThat(Envelope.sizes(decision)).isEqualTo(SIZES);
        assertThat(Envelope.isAwaited(decision)).isTrue();
    }

    @Test
    void givenAnEventOfAPlatform_thenNobodyAwaitsAReply() {
        assertThat(Envelope.isAwaited(Envelope.event(SIZES, "key-2"))).isFalse();
    }

    @Test
    void givenSizesAsArguments_thenTheyAreReadAgain() {
        assertThat(Sizes.of(SIZES.arguments().toArray(String[]::new))).isEqualTo(SIZES);
    }
}
