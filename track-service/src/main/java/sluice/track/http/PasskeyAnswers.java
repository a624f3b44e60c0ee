package sluice.track.http;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sluice.schemas.PasskeyCredential;
import sluice.track.enrich.Enricher;
import sluice.track.http.WebauthnCredentialAnswer.AaguidMapping;
import sluice.track.passkey.AuthenticatorModels;

/** Shows passkeys with what can be told of the authenticator and of the client that they were made with. */
final class PasskeyAnswers {
    private static final String NAMELESS = "Passkey";

    private final AuthenticatorModels models = new AuthenticatorModels();
    private final Enricher enricher;

    PasskeyAnswers(Enricher enricher) {
        this.enricher = enricher;
    }

    WebauthnCredentialAnswer of(PasskeyCredential passkey, @Nullable String verifiedAt) {
        var model = models.name(passkey.getAaguid());
        var agent = Optional.ofNullable(passkey.getUserAgent()).map(enricher::userAgent);
        return new WebauthnCredentialAnswer(
                passkey.getCredentialId(),
                passkey.getDeviceId(),
                model.or(() -> agent.flatMap(client -> client.summary())).orElse(NAMELESS),
                passkey.getAaguid(),
                model.map(AaguidMapping::new).orElse(null),
                passkey.getIsBackedUp(),
                passkey.getIsBackupEligible() ? "multiDevice" : "singleDevice",
                passkey.getAttachment(),
                agent.orElse(null),
                verifiedAt);
    }
}
