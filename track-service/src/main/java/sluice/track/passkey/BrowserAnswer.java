package sluice.track.passkey;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import sluice.track.http.json.Json;

/** What a verify event of a passkey brings for a code: the JSON that {@code docs/passkeys.md} describes. */
public record BrowserAnswer(
        @Nullable Registration registration, @Nullable Assertion assertion) {

    /** A new passkey, for a pending enrolment. */
    private record Registration(
            String authenticatorId,
            boolean isConditional,
            RelyingParty relyingParty,
            String credential,
            @Nullable String userAgent) {}

    /** The answer of a passkey, with what it was to answer. */
    private record Assertion(
            String challenge,
            String actionCode,
            String idempotencyKey,
            @Nullable String userId,
            long expiresAt,
            RelyingParty relyingParty,
            String credential,
            @Nullable String deviceId) {}

    /**
     * @param isConditional whether the browser made it without asking the user
     * @param userAgent of the client that the passkey was made on
     */
    public static BrowserAnswer registration(
            String authenticatorId,
            boolean isConditional,
            RelyingParty party,
            JsonNode credential,
            @Nullable String userAgent) {
        return new BrowserAnswer(
                new Registration(authenticatorId, isConditional, party, Json.text(credential), userAgent), null);
    }

    /** @param deviceId of the client, where it says so */
    public static BrowserAnswer assertion(
            PasskeyChallenge challenge, RelyingParty party, JsonNode credential, @Nullable String deviceId) {
        return new BrowserAnswer(
                null,
                new Assertion(
                        challenge.challenge(),
                        challenge.actionCode(),
                        challenge.idempotencyKey(),
                        challenge.userId(),
                        challenge.expiresAt(),
                        party,
                        Json.text(credential),
                        deviceId));
    }

    public String json() {
        try {
            return Json.MAPPER.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new AssertionError("Texts and a number can always be written", e);
        }
    }
}
