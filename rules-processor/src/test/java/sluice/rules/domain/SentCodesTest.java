package sluice.rules.domain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import sluice.rules.testkit.Acme;
import sluice.rules.testkit.Story;
import sluice.runtime.seal.domain.Sealed;
import sluice.schemas.ActionOutcome;
import sluice.schemas.VerificationMethod;
import sluice.schemas.VerificationResult;

class SentCodesTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final VerificationMethod OTP = VerificationMethod.EMAIL_OTP;

    @Property
    void noTenMinutesHoldMoreThanFiveSendings(@ForAll @Size(max = 60) List<@IntRange(max = 1800) Integer> seconds) {
        var codes = SentCodes.NONE;
        var sent = new ArrayList<Instant>();
        for (var second : seconds.stream().sorted().toList()) {
            var at = START.plusSeconds(second);
            if (codes.retryAt(at).isPresent()) continue;
            codes = codes.sent(code(at));
            sent.add(at);
        }

        for (var i = 5; i < sent.size(); i++) {
            assertThat(Duration.between(sent.get(i - 5), sent.get(i))).isGreaterThanOrEqualTo(Duration.ofMinutes(10));
        }
        assertThat(codes.newest()).hasSizeLessThanOrEqualTo(1);
        assertThat(codes.sentAt()).hasSizeLessThanOrEqualTo(SentCodes.SENDINGS_MAX);
    }

    @Property
    void aRefusedSendingIsTakenAsSoonAsItWasPromised(
            @ForAll @Size(max = 20) List<@IntRange(max = 900) Integer> seconds) {
        var codes = SentCodes.NONE;
        for (var second : seconds.stream().sorted().toList()) {
            var at = START.plusSeconds(second);
            if (codes.retryAt(at).isEmpty()) codes = codes.sent(code(at));
            else assertThat(codes.retryAt(codes.retryAt(at).orElseThrow())).isEmpty();
        }
    }

    private static SentCode code(Instant at) {
        return new SentCode(
                "event",
                OTP,
                new ActionKey("signIn", "1"),
                "authenticator",
                new Sealed("1".getBytes(UTF_8)),
                at,
                false);
    }

    /** Whatever is sent and typed, in whatever order: what is accepted is the newest code, in its time, once. */
    @Property(tries = 300)
    void whateverIsSentAndTyped_aCodeCountsOnceWhileItIsTheNewestAndInItsTime(
            @ForAll @Size(max = 40) List<@IntRange(min = 0, max = 5) Integer> moves,
            @ForAll @Size(min = 40, max = 40) List<@IntRange(max = 400) Integer> pauses) {
        var acme = new Acme().email(true).outcome("settings", ActionOutcome.ALLOW);
        var story = new Story(acme);
        story.vouch(OTP, "ada@example.com", Optional.empty());
        story.track("settings", "1");
        var newest = -1;
        var sentAt = story.now();
        var accepted = new HashSet<Integer>();
        for (var i = 0; i < moves.size(); i++) {
            story.after(Duration.ofSeconds(pauses.get(i)));
            story.track("settings", "1"); // as a client does that needs a fresh token
            if (moves.get(i) == 0) {
                var isSent =
                        story.send("settings", "1", OTP, "code-" + i).refusal().isEmpty();
                if (isSent) {
                    newest = i;
                    sentAt = story.now();
                }
                continue;
            }
            var typed = newest - moves.get(i) + 1; // the newest, or one that came before or never
            var result = story.answer("settings", "1", OTP, "code-" + typed).result();
            if (result != VerificationResult.VERIFIED) continue;
            assertThat(typed).isEqualTo(newest);
            assertThat(story.now()).isBefore(sentAt.plus(SentCode.LIFETIME));
            assertThat(accepted.add(typed)).as("accepted once").isTrue();
        }
    }
}
