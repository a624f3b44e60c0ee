package sluice.acceptance.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.data.attestation.authenticator.EC2COSEKey;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;

/** A passkey (ES256) and the browser before it, in software: for tests that need no browser to believe in. */
public final class SoftPasskey {
    private static final int PRESENT_AND_VERIFIED = 0x05;
    private static final int WITH_CREDENTIAL = 0x40;
    private static final ObjectConverter CONVERTER = new ObjectConverter();

    /** AAGUID of one that many know. */
    private static final byte[] PASSWORD_MANAGER = HexFormat.of().parseHex("ea9b8d664d011d213ce4b6b48cb575d4");

    private final byte[] credentialId = UUID.randomUUID().toString().getBytes(UTF_8);
    private final KeyPair keys = keys();
    private final String origin;
    private final String userId;

    /** @param origin of the page that asks */
    public SoftPasskey(String origin, String userId) {
        this.origin = origin;
        this.userId = userId;
    }

    /** In base64url, as a browser's page has it. */
    public String credentialId() {
        return text(credentialId);
    }

    /** What the browser makes of PublicKeyCredentialCreationOptionsJSON. */
    public Map<String, Object> register(JsonNode options) {
        var key = CONVERTER
                .getCborMapper()
                .writeValueAsBytes(EC2COSEKey.create((ECPublicKey) keys.getPublic(), COSEAlgorithmIdentifier.ES256));
        var credential = ByteBuffer.allocate(18 + credentialId.length + key.length)
                .put(PASSWORD_MANAGER)
                .putShort((short) credentialId.length)
                .put(credentialId)
                .put(key)
                .array();
        var data = data(options.path("rp").path("id").asText(), PRESENT_AND_VERIFIED | WITH_CREDENTIAL, credential);
        return credential(Map.of(
                "clientDataJSON", text(clientData("webauthn.create", options)),
                "attestationObject",
                        text(CONVERTER
                                .getCborMapper()
                                .writeValueAsBytes(Map.of("fmt", "none", "attStmt", Map.of(), "authData", data)))));
    }

    /** What the browser makes of PublicKeyCredentialRequestOptionsJSON. */
    public Map<String, Object> answer(JsonNode options) {
        var clientData = clientData("webauthn.get", options);
        var data = data(options.path("rpId").asText(), PRESENT_AND_VERIFIED, new byte[0]);
        return credential(Map.of(
                "clientDataJSON", text(clientData),
                "authenticatorData", text(data),
                "signature", text(signed(data, sha256(clientData))),
                "userHandle", text(userId.getBytes(UTF_8))));
    }

    private Map<String, Object> credential(Map<String, Object> response) {
        return Map.of(
                "id",
                text(credentialId),
                "rawId",
                text(credentialId),
                "type",
                "public-key",
                "response",
                response,
                "clientExtensionResults",
                Map.of(),
                "authenticatorAttachment",
                "platform");
    }

    private byte[] clientData(String type, JsonNode options) {
        var challenge = options.path("challenge").asText();
        return "{\"type\":\"%s\",\"challenge\":\"%s\",\"origin\":\"%s\",\"crossOrigin\":false}"
                .formatted(type, challenge, origin)
                .getBytes(UTF_8);
    }

    private static byte[] data(String rpId, int flags, byte[] credential) {
        return ByteBuffer.allocate(37 + credential.length)
                .put(sha256(rpId.getBytes(UTF_8)))
                .put((byte) flags)
                .putInt(0)
                .put(credential)
                .array();
    }

    private byte[] signed(byte[] data, byte[] clientDataHash) {
        try {
            var signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(data);
            signature.update(clientDataHash);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static KeyPair keys() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
