package sluice.rules.domain.webauthn;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Set;
import sluice.fuzz.Choices;

/** What browsers are said to have answered: right, or wrong, and nothing else. */
public final class PasskeyFuzz {
    private static final RelyingParty PARTY =
            new RelyingParty("shop.example", Set.of("https://shop.example"), Set.of());
    private static final byte[] CHALLENGE = "32 bytes that nobody could guess".getBytes(UTF_8);
    private static final Ceremonies CEREMONIES = new Ceremonies();

    private PasskeyFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        var choices = new Choices(input);
        switch (choices.below(5)) {
            case 0 -> CEREMONIES.read(choices.restAsText());
            case 1 -> register(choices.restAsText());
            case 2 -> CEREMONIES.credentialId(assertion(choices.restAsText()));
            case 3 -> register(registration(choices));
            default -> CEREMONIES.credentialId(assertion(authentication(choices)));
        }
    }

    private static void register(String credential) {
        var answer = new PasskeyAnswer.Registration("authenticator-1", false, PARTY, credential, null);
        CEREMONIES.register(answer, CHALLENGE).ifPresent(passkey -> {
            if (passkey.credentialId().isEmpty()) throw new AssertionError("A passkey without an id");
        });
    }

    private static PasskeyAnswer.Assertion assertion(String credential) {
        var challenge = Base64.getUrlEncoder().withoutPadding().encodeToString(CHALLENGE);
        return new PasskeyAnswer.Assertion(challenge, "signIn", "key-1", null, 0, PARTY, credential, null);
    }

    /** Sound JSON around bytes that are not: CBOR in the one place, JSON in the other. */
    private static String registration(Choices choices) {
        var clientData = base64(clientData("webauthn.create"));
        var attestation = base64(choices.rest());
        return "{\"id\":\"AQ\",\"rawId\":\"AQ\",\"type\":\"public-key\",\"clientExtensionResults\":{},\"response\":{"
                + "\"clientDataJSON\":\"" + clientData + "\",\"attestationObject\":\"" + attestation + "\"}}";
    }

    private static String authentication(Choices choices) {
        var clientData = base64(choices.bytes(choices.next()));
        var authenticator = base64(choices.rest());
        return "{\"id\":\"AQ\",\"rawId\":\"AQ\",\"type\":\"public-key\",\"clientExtensionResults\":{},\"response\":{"
                + "\"clientDataJSON\":\"" + clientData + "\",\"authenticatorData\":\"" + authenticator
                + "\",\"signature\":\"AQ\"}}";
    }

    private static byte[] clientData(String type) {
        return ("{\"type\":\"" + type + "\",\"challenge\":\"" + base64(CHALLENGE)
                        + "\",\"origin\":\"https://shop.example\"}")
                .getBytes(UTF_8);
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
