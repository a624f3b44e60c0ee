package sluice.rules.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import sluice.rules.domain.history.Surroundings;
import sluice.rules.testkit.Acme;
import sluice.rules.testkit.Story;
import sluice.schemas.LookupField;
import sluice.schemas.ProfileField;

class LookupChangeTest {
    private static final int USERS = 3;

    /** One step of a user's life. */
    private enum Kind {
        TRACK,
        UPDATE,
        RESET,
        DELETE,
        COMES_AGAIN
    }

    private record Happening(int user, Kind kind, Profile told, Set<ProfileField> reset) {}

    /** An index over several users, kept as the processor keeps it. */
    private static final class Indexed {
        private record Entry(int user, LookupKey key) {}

        private final List<Story> stories = new ArrayList<>();
        private final List<Boolean> areKnown = new ArrayList<>();
        private final Set<Entry> index = new HashSet<>();

        Indexed() {
            for (var user = 0; user < USERS; user++) {
                stories.add(new Story(new Acme()));
                areKnown.add(false);
            }
        }

        void tell(int user, Event event) {
            var story = stories.get(user);
            var before = areKnown.get(user) ? Optional.of(story.user()) : Optional.<User>empty();
            story.tell(event);
            areKnown.set(user, true);
            var change = LookupChange.of(before, event.cause().eventId(), story.user());
            change.additions().forEach(key -> index.add(new Entry(user, key)));
            change.removals().forEach(key -> index.remove(new Entry(user, key)));
        }

        /** What a look at every user would find. */
        Set<Entry> bruteForce() {
            var found = new HashSet<Entry>();
            for (var user = 0; user < USERS; user++) {
                if (!areKnown.get(user)) continue;
                for (var key : LookupKey.allOf(stories.get(user).user())) found.add(new Entry(user, key));
            }
            return found;
        }
    }

    @Property
    void givenAnyHistoryOfUsers_whenIndexed_thenTheIndexIsWhatALookAtEveryUserFinds(
            @ForAll("happenings") List<Happening> happenings) {
        var indexed = new Indexed();

        for (var each : happenings) indexed.tell(each.user(), event(indexed.stories.get(each.user()), each));

        assertThat(indexed.index).isEqualTo(indexed.bruteForce());
    }

    private static Event event(Story story, Happening happening) {
        return switch (happening.kind()) {
            case TRACK -> track(story, happening.told());
            case UPDATE -> new Event.UpdateUser(story.cause(), happening.told(), Set.of());
            case RESET -> new Event.UpdateUser(story.cause(), Profile.UNKNOWN, happening.reset());
            case DELETE -> new Event.DeleteUser(story.cause());
            case COMES_AGAIN ->
                story.told().isEmpty()
                        ? track(story, happening.told())
                        : story.told().get(story.told().size() / 2);
        };
    }

    private static Event track(Story story, Profile told) {
        var cause = story.cause();
        return new Event.Track(cause, new ActionKey("signIn", cause.eventId()), told, Surroundings.UNKNOWN);
    }

    @Provide
    Arbitrary<List<Happening>> happenings() {
        var texts = Arbitraries.of("a@x", "A@x ", "b@x", "1 2", "12", "+12", "").optional();
        var told = Combinators.combine(texts, texts, texts).as(Profile::tracked);
        var reset = Arbitraries.of(ProfileField.EMAIL, ProfileField.PHONE_NUMBER, ProfileField.USERNAME)
                .set();
        return Combinators.combine(
                        Arbitraries.integers().between(0, USERS - 1), Arbitraries.of(Kind.class), told, reset)
                .as(Happening::new)
                .list()
                .ofMaxSize(40);
    }

    @Test
    void givenAnEventThatChangesNoContact_whenCompared_thenNoEntryIsTouched() {
        var story = new Story(new Acme());
        story.update(Profile.tracked(Optional.of("ada@example.com"), Optional.empty(), Optional.of("ada")));
        var before = story.user();
        story.track("signIn", "key-1");

        var change = LookupChange.of(Optional.of(before), "event-2", story.user());

        assertThat(change).isEqualTo(new LookupChange(Set.of(), Set.of()));
    }

    /** The crash may have come between the record's put and the index's. */
    @Test
    void givenATrackEventThatComesAgain_whenCompared_thenAllEntriesArePutOnceMore() {
        var story = new Story(new Acme());
        var event = track(story, Profile.tracked(Optional.of("ada@example.com"), Optional.empty(), Optional.empty()));
        story.tell(event);
        var before = story.user();
        story.tell(event);

        var change = LookupChange.of(Optional.of(before), event.cause().eventId(), story.user());

        assertThat(change.additions())
                .containsExactly(
                        LookupKey.of(LookupField.EMAIL, "ada@example.com").orElseThrow());
        assertThat(change.removals()).isEmpty();
    }
}
