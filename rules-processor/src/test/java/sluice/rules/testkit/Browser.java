package sluice.rules.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.webauthn4j.converter.util.ObjectConverter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import sluice.rules.domain.webauthn.PasskeyAnswer;
import sluice.rules.domain.webauthn.RelyingParty;

/** What an ingress writes of a browser's answers: the JSON of docs/passkeys.md. Challenges are texts. */
public final class Browser {
    private static final ObjectConverter CONVERTER = new ObjectConverter();

    private Browser() {}

    public static String registration(SoftKey key, String authenticatorId, String challenge) {
        return json(
                "registration",
                Map.of(
                        "authenticatorId",
                        authenticatorId,
                        "isConditional",
                        false,
                        "relyingParty",
                        party(SoftKey.SHOP),
                        "credential",
                        key.register(challenge.getBytes(UTF_8))));
    }

    /** An answer to a challenge that was made for an action, for whoever's passkey it is. */
    public static String assertion(
            SoftKey key, String challenge, String actionCode, String idempotencyKey, Instant expiresAt) {
        return assertion(key, challenge, actionCode, idempotencyKey, expiresAt, Optional.empty());
    }

    /** Likewise, made for one user. */
    public static String assertion(
            SoftKey key,
            String challenge,
            String actionCode,
            String idempotencyKey,
            Instant expiresAt,
            Optional<String> userId) {
        var assertion = new LinkedHashMap<String, Object>();
        assertion.put("challenge", SoftKey.text(challenge.getBytes(UTF_8)));
        assertion.put("actionCode", actionCode);
        assertion.put("idempotencyKey", idempotencyKey);
        userId.ifPresent(id -> assertion.put("userId", id));
        assertion.put("expiresAt", expiresAt.toEpochMilli());
        assertion.put("relyingParty", party(SoftKey.SHOP));
        assertion.put("credential", key.authenticate(challenge.getBytes(UTF_8)));
        return json("assertion", assertion);
    }

    /** The same answer of a client that names its device. */
    public static String from(String deviceId, String assertion) {
        return assertion.replaceFirst("\"challenge\":", "\"deviceId\":\"" + deviceId + "\",$0");
    }

    private static Map<String, Object> party(RelyingParty party) {
        return Map.of("id", party.id(), "origins", party.origins(), "frames", requireNonNull(party.frames()));
    }

    private static String json(String ceremony, Map<String, Object> answer) {
        return CONVERTER.getJsonMapper().writeValueAsString(Map.of(ceremony, answer));
    }

    /** The answer of a key to a challenge, as the domain has it. */
    public static PasskeyAnswer.Assertion answer(SoftKey key, String challenge) {
        return answer(key.authenticate(challenge.getBytes(UTF_8)), challenge);
    }

    public static PasskeyAnswer.Assertion answer(String credential, String challenge) {
        return new PasskeyAnswer.Assertion(
                SoftKey.text(challenge.getBytes(UTF_8)),
                "signIn",
                "1",
                null,
                Story.START.toEpochMilli(),
                SoftKey.SHOP,
                credential,
                null);
    }
}
