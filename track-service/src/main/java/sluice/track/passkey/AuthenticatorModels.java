package sluice.track.passkey;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import sluice.track.http.json.Json;

/**
 * Names of models of authenticators, passkey providers among them. An authenticator's own word for its model is not
 * proved, since no attestation is asked for: the name is for people to tell their passkeys apart by, and for nothing else.
 */
public final class AuthenticatorModels {
    private final Map<String, String> names;

    /** Reads the list that Sluice ships. */
    public AuthenticatorModels() {
        try (var list = AuthenticatorModels.class.getResourceAsStream("aaguids.json")) {
            this.names = Json.MAPPER.readValue(Objects.requireNonNull(list), new TypeReference<>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e); // it is in the jar
        }
    }

    /** @param aaguid a UUID in lower case (WebAuthn Level 3, section 6.5.1) */
    public Optional<String> name(String aaguid) {
        return Optional.ofNullable(names.get(aaguid));
    }
}
