package sluice.rules.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import sluice.rules.testkit.SessionStory;
import sluice.rules.testkit.SessionStory.Token;
import sluice.schemas.UserChangeKind;

/** What holds of sessions whatever the holders of tokens do, honest or not, in whatever order. */
class SessionsPropertiesTest {

    /** Something that happens; which action or token it is about, and how long after the event before. */
    private record Move(Kind kind, int which, Duration pause) {}

    private enum Kind {
        TRACK,
        CREATE,
        REFRESH,
        REFRESH_NEWEST,
        REVOKE,
        REVOKE_ALL,
        DELETE_USER
    }

    @Provide
    Arbitrary<List<Move>> moves() {
        var kinds = Arbitraries.frequency(
                Tuple.of(3, Kind.TRACK),
                Tuple.of(6, Kind.CREATE),
                Tuple.of(8, Kind.REFRESH),
                Tuple.of(8, Kind.REFRESH_NEWEST),
                Tuple.of(1, Kind.REVOKE),
                Tuple.of(1, Kind.REVOKE_ALL),
                Tuple.of(1, Kind.DELETE_USER));
        var pauses = Arbitraries.of(Duration.ZERO, Duration.ofSeconds(4), Duration.ofSeconds(11), Duration.ofHours(13));
        return Combinators.combine(kinds, Arbitraries.integers().between(0, 40), pauses)
                .as(Move::new)
                .list()
                .ofMaxSize(60);
    }

    /** Everything that happened, and what must be true of it. */
    private static final class World {
        private final SessionStory sessions = new SessionStory();
        private final List<Token> held = new ArrayList<>();
        private final Map<Token, Instant> firstUse = new HashMap<>();
        private final Map<String, Integer> newest = new HashMap<>();
        private final Map<String, List<String>> madeOf = new HashMap<>();
        private final Set<String> ended = new HashSet<>();
        private int secrets;

        void happens(Move move) {
            sessions.after(move.pause());
            var liveBefore = live();
            switch (move.kind()) {
                case TRACK -> sessions.allowed("key-" + move.which() % 3);
                case CREATE -> create("key-" + move.which() % 3);
                case REFRESH -> {
                    if (!held.isEmpty()) refresh(held.get(move.which() % held.size()));
                }
                case REFRESH_NEWEST -> {
                    if (!held.isEmpty()) refresh(held.get(held.size() - 1));
                }
                case REVOKE -> {
                    if (!held.isEmpty())
                        sessions.revoke(held.get(move.which() % held.size()).sessionId());
                }
                case REVOKE_ALL -> sessions.revokeAll();
                case DELETE_USER -> sessions.story().deleteUser();
            }
            liveBefore.removeAll(live());
            ended.addAll(liveBefore);
            assertThat(live()).as("no ended session lives again").noneMatch(ended::contains);
            assertThat(live()).hasSizeLessThanOrEqualTo(User.SESSIONS_MAX);
        }

        private Set<String> live() {
            if (sessions.story().told().isEmpty()) return new HashSet<>();
            var ids = new HashSet<String>();
            sessions.story().user().sessions().forEach(each -> ids.add(each.id()));
            return ids;
        }

        private void create(String idempotencyKey) {
            var secret = "secret-" + ++secrets;
            var created = sessions.create(idempotencyKey, secret);
            if (created.session().isEmpty()) return;
            var token = SessionStory.token(created, secret);
            assertThat(newest.getOrDefault(token.sessionId(), 1))
                    .as("a session in use is made again")
                    .isEqualTo(1);
            newest.put(token.sessionId(), 1);
            madeOf.computeIfAbsent(token.sessionId(), id -> new ArrayList<>()).add(token.secretHash());
            held.add(token);
        }

        /** Whether a token is of a making that came so early that the makings after it took its place. */
        private boolean isForgotten(Token token) {
            var secrets = madeOf.getOrDefault(token.sessionId(), List.of());
            return secrets.indexOf(token.secretHash()) < secrets.size() - LiveSession.SECRETS_MAX;
        }

        private void refresh(Token token) {
            var now = sessions.story().now();
            var answer = sessions.refresh(token);
            var isTaken = answer.kind() == UserChangeKind.SESSION_REFRESHED;
            var isNewest = token.generation() == newest.getOrDefault(token.sessionId(), 0);
            if (isTaken && !isNewest) {
                assertThat(token.generation())
                        .as("at most one generation is good")
                        .isEqualTo(newest.getOrDefault(token.sessionId(), 0) - 1);
                var used = usedAt(token);
                assertThat(now).as("and the one before it for seconds").isBefore(used.plus(LiveSession.RETRY));
            }
            if (!isTaken && !isNewest && !isForgotten(token)) {
                assertThat(live()).as("reuse ends the session").doesNotContain(token.sessionId());
            }
            if (!isTaken) return;
            assertThat(isForgotten(token))
                    .as("a forgotten pair is good for nothing")
                    .isFalse();
            firstUse.putIfAbsent(token, now);
            var next = SessionStory.next(token, answer);
            newest.put(next.sessionId(), next.generation());
            held.add(next);
        }

        /** When a token of this generation was first used, whichever of the session's secrets it had. */
        private Instant usedAt(Token token) {
            return firstUse.entrySet().stream()
                    .filter(use -> use.getKey().sessionId().equals(token.sessionId())
                            && use.getKey().generation() == token.generation())
                    .map(Map.Entry::getValue)
                    .min(Instant::compareTo)
                    .orElseThrow();
        }
    }

    @Property(tries = 1000)
    void whateverHappens_oneGenerationIsGood_reuseKills_andNoSessionIsRevived(@ForAll("moves") List<Move> moves) {
        var world = new World();
        moves.forEach(world::happens);
    }
}
