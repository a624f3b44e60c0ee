package sluice.rules.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import sluice.runtime.seal.Keyset;
import sluice.runtime.seal.PersonalSeal;
import sluice.runtime.seal.Sealing;
import sluice.runtime.seal.domain.Epoch;
import sluice.runtime.seal.domain.PersonalKeys;
import sluice.schemas.PersonalKey;
import sluice.schemas.wire.AvroSerde;
import sluice.schemas.wire.ReleasedSchemas;

/** Which keys are left, whatever users do. */
class KeptKeysTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration LENGTH = Duration.ofHours(1);
    private static final int EPOCHS = 5;
    private static final List<String> USERS = List.of("ada", "ada/1", "ad");

    /** In the order of the steps: a user comes, or is deleted, or the oldest epoch's key is removed. */
    private record Step(String userId, int epoch, Act act) {}

    private enum Act {
        COME,
        COME_AGAIN,
        BE_DELETED,
        EPOCH_ENDS
    }

    @Provide
    Arbitrary<List<Step>> stories() {
        return Combinators.combine(
                        Arbitraries.of(USERS), Arbitraries.integers().between(0, EPOCHS - 1), Arbitraries.of(Act.class))
                .as(Step::new)
                .list()
                .ofMaxSize(40);
    }

    /** A key is left of each epoch in which the user came and that is younger than their last deletion, and no other. */
    @Property(tries = 300)
    void whateverHappens_aUsersKeysAreThoseOfTheEpochsSinceTheirDeletion(@ForAll("stories") List<Step> steps)
            throws IOException {
        var story = new Story();
        var came = new HashMap<String, Map<Integer, Boolean>>();
        var deleted = new HashMap<String, Integer>();
        var now = 0;
        for (var step : steps) {
            now = Math.max(now, step.epoch()); // time goes on
            var own = came.computeIfAbsent(step.userId(), any -> new HashMap<>());
            switch (step.act()) {
                case COME, COME_AGAIN -> {
                    story.kept.keep("acme", step.userId(), at(now), false);
                    own.put(now, true);
                }
                case BE_DELETED -> {
                    story.kept.erase("acme", step.userId(), at(now));
                    deleted.put(step.userId(), now);
                }
                case EPOCH_ENDS -> story.oldest = Math.max(story.oldest, now); // those before now
            }
        }
        for (var userId : USERS) {
            for (var epoch = 0; epoch < EPOCHS; epoch++) {
                var isLeft = came.getOrDefault(userId, Map.of()).containsKey(epoch)
                        && deleted.getOrDefault(userId, -1) < epoch;
                assertThat(story.opened(userId, epoch))
                        .as(userId + " in " + epoch)
                        .isEqualTo(isLeft);
            }
        }
    }

    private static Instant at(int epoch) {
        return START.plus(LENGTH.multipliedBy(epoch)).plus(LENGTH.dividedBy(2));
    }

    /** A store, and the epochs that live. */
    private static final class Story implements PersonalKeys {
        private final KeyValueStore<String, PersonalKey> store;
        private final Sealing sealing;
        private final KeptKeys kept;
        private int oldest;

        private Story() throws IOException {
            var folder = Files.createTempDirectory("kept-keys");
            store = Stores.keyValueStoreBuilder(
                            Stores.inMemoryKeyValueStore("personal-key"),
                            Serdes.String(),
                            new AvroSerde<>(PersonalKey.class, ReleasedSchemas.load()))
                    .withLoggingDisabled()
                    .build();
            store.init(new MockProcessorContext<>().getStateStoreContext(), store);
            sealing = Keyset.open(folder);
            sealing.use(this);
            kept = new KeptKeys(sealing, Duration.ofDays(365), store);
            delete(folder);
        }

        private static void delete(Path folder) throws IOException {
            Files.delete(folder.resolve(Keyset.FILE));
            Files.delete(folder);
        }

        @Override
        public Optional<Epoch> at(String tenantId, String userId, Instant at) {
            var number = Math.toIntExact(Duration.between(START, at).dividedBy(LENGTH));
            return number < oldest ? Optional.empty() : Optional.of(epoch(number));
        }

        @Override
        public Optional<byte[]> key(String tenantId, String userId, int epoch) {
            return Optional.of(PersonalSeal.derived(new byte[PersonalSeal.KEY_BYTES], tenantId, userId));
        }

        private static Epoch epoch(int number) {
            var from = START.plus(LENGTH.multipliedBy(number));
            return new Epoch(from, from.plus(LENGTH));
        }

        private boolean opened(String userId, int number) {
            var name = "acme/" + userId + "\0"
                    + Integer.toUnsignedString(epoch(number).id());
            var found = store.get(name);
            if (found == null || found.getSealedKey() == null) return false;
            assertThat(KeptKeys.opened(sealing, name, found.getSealedKey()))
                    .isEqualTo(PersonalSeal.derived(new byte[PersonalSeal.KEY_BYTES], "acme", userId));
            return true;
        }
    }
}
