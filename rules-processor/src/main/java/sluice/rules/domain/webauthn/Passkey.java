package sluice.rules.domain.webauthn;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What checks the assertions of a passkey: WebAuthn's credential record, as far as it is needed. Binary values in
 * base64url without padding.
 *
 * @param credentialId the authenticator's name for it
 * @param aaguid model of the authenticator, a UUID; all zeros where it does not say
 * @param publicKey COSE key
 * @param signatureCount the authenticator's counter as last told; 0 where it has none
 * @param isBackupEligible whether it may live on several devices
 * @param isBackedUp whether it does, as last told
 * @param attachment platform or cross-platform, where the client said
 * @param transports how the client may reach it
 * @param deviceId device that it was last used with, where the client said
 * @param userAgent user agent that it was made with
 * @param spent challenges that were answered with it and have not lapsed, oldest first
 */
@RecordBuilder
public record Passkey(
        String credentialId,
        String aaguid,
        String publicKey,
        long signatureCount,
        boolean isBackupEligible,
        boolean isBackedUp,
        Optional<String> attachment,
        List<String> transports,
        Optional<String> deviceId,
        Optional<String> userAgent,
        List<Spent> spent)
        implements PasskeyBuilder.With {

    /** More than the rate limit lets through while one challenge lives: 10 in 5 minutes, for 15 minutes at most. */
    public static final int SPENT_MAX = 64;

    /** A challenge that was answered. */
    public record Spent(String challenge, Instant until) {}

    public Passkey {
        transports = List.copyOf(transports);
        spent = List.copyOf(spent);
    }

    /** The passkey after it was used with a device; where the client does not say, nothing is known anew. */
    public Passkey usedWith(Optional<String> device) {
        return withDeviceId(device.or(() -> deviceId));
    }

    /** Whether the challenge was answered with this passkey before. */
    public boolean hasSpent(String challenge) {
        return spent.stream().anyMatch(each -> each.challenge().equals(challenge));
    }

    /** Whether one more challenge could be remembered. Where it could not, none may be accepted. */
    public boolean canSpend(Instant at) {
        return stillGood(at).count() < SPENT_MAX;
    }

    /** The passkey after it answered a challenge, which it does once (promise P5). */
    public Passkey spending(String challenge, Instant until, Instant at) {
        if (hasSpent(challenge) || !canSpend(at)) throw new IllegalArgumentException("The challenge can't be spent");
        return withSpent(Stream.concat(stillGood(at), Stream.of(new Spent(challenge, until)))
                .toList());
    }

    private Stream<Spent> stillGood(Instant at) {
        return spent.stream().filter(each -> at.isBefore(each.until()));
    }
}
