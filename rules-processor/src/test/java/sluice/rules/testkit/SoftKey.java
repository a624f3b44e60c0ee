package sluice.rules.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.data.attestation.authenticator.COSEKey;
import com.webauthn4j.data.attestation.authenticator.EC2COSEKey;
import com.webauthn4j.data.attestation.authenticator.EdDSACOSEKey;
import com.webauthn4j.data.attestation.authenticator.RSACOSEKey;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import sluice.rules.domain.webauthn.RelyingParty;

/**
 * An authenticator and the browser before it, in software: makes what they would send, byte by byte, with everything
 * that a test may want to be wrong. Not thread-safe.
 */
public final class SoftKey {
    public static final RelyingParty SHOP =
            new RelyingParty("shop.example", Set.of("https://shop.example"), Set.of("https://partner.example"));

    private static final int UP = 0x01;
    private static final int UV = 0x04;
    private static final int BE = 0x08;
    private static final int BS = 0x10;
    private static final int AT = 0x40;
    private static final ObjectConverter CONVERTER = new ObjectConverter();

    private final KeyPair keys;
    private final COSEAlgorithmIdentifier algorithm;
    private byte[] credentialId = new byte[16];
    private String rpId = SHOP.id();
    private String origin = "https://shop.example";
    private int flags = UP | UV | BE | BS;
    private boolean isFramed;
    private Optional<String> topOrigin = Optional.empty();
    private long count;
    private Optional<String> userHandle = Optional.empty();

    private SoftKey(KeyPair keys, COSEAlgorithmIdentifier algorithm) {
        this.keys = keys;
        this.algorithm = algorithm;
        new Random(keys.hashCode()).nextBytes(credentialId);
    }

    /** With a new key for ES256, EdDSA, RS256 or ES384. */
    public static SoftKey of(String algorithm) {
        try {
            return switch (algorithm) {
                case "ES256" -> new SoftKey(ec("secp256r1"), COSEAlgorithmIdentifier.ES256);
                case "ES384" -> new SoftKey(ec("secp384r1"), COSEAlgorithmIdentifier.ES384);
                case "EdDSA" ->
                    new SoftKey(
                            KeyPairGenerator.getInstance("Ed25519").generateKeyPair(), COSEAlgorithmIdentifier.EdDSA);
                case "RS256" ->
                    new SoftKey(KeyPairGenerator.getInstance("RSA").generateKeyPair(), COSEAlgorithmIdentifier.RS256);
                default -> throw new IllegalArgumentException(algorithm);
            };
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static KeyPair ec(String curve) throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        return generator.generateKeyPair();
    }

    public SoftKey at(String otherOrigin) {
        origin = otherOrigin;
        return this;
    }

    public SoftKey forRpId(String other) {
        rpId = other;
        return this;
    }

    /** Asked by a page that another site has framed, in a browser that does not tell which. */
    public SoftKey framed() {
        isFramed = true;
        return this;
    }

    /** The same in a browser that tells. */
    public SoftKey framedBy(String site) {
        topOrigin = Optional.of(site);
        return framed();
    }

    public SoftKey withoutUserPresence() {
        flags &= ~UP;
        return this;
    }

    public SoftKey withoutUserVerification() {
        flags &= ~UV;
        return this;
    }

    public SoftKey onOneDevice() {
        flags &= ~(BE | BS);
        return this;
    }

    public SoftKey counting(long next) {
        count = next;
        return this;
    }

    public SoftKey naming(String userId) {
        userHandle = Optional.of(userId);
        return this;
    }

    /** The same credential id with another key: what a forger could make. */
    public SoftKey forged() {
        var forger = of("ES256");
        forger.credentialId = credentialId.clone();
        return forger;
    }

    /** The same key, with settings of its own. */
    public SoftKey copy() {
        var copy = new SoftKey(keys, algorithm);
        copy.credentialId = credentialId.clone();
        copy.count = count;
        return copy;
    }

    public String credentialId() {
        return text(credentialId);
    }

    /** The browser's RegistrationResponseJSON. */
    public String register(byte[] challenge) {
        var attested = new LinkedHashMap<String, Object>();
        attested.put("fmt", "none");
        attested.put("attStmt", Map.of());
        attested.put("authData", authenticatorData(flags | AT, attestedCredential()));
        return json(Map.of(
                "clientDataJSON", text(clientData("webauthn.create", challenge)),
                "attestationObject", text(CONVERTER.getCborMapper().writeValueAsBytes(attested)),
                "transports", new String[] {"internal", "hybrid"}));
    }

    /** The browser's AuthenticationResponseJSON. */
    public String authenticate(byte[] challenge) {
        return authenticate("webauthn.get", challenge);
    }

    /** Likewise, saying that it was made in another ceremony. */
    public String authenticate(String ceremony, byte[] challenge) {
        var clientData = clientData(ceremony, challenge);
        var data = authenticatorData(flags, new byte[0]);
        var response = new LinkedHashMap<String, Object>();
        response.put("clientDataJSON", text(clientData));
        response.put("authenticatorData", text(data));
        response.put("signature", text(sign(joined(data, sha256(clientData)))));
        userHandle.ifPresent(handle -> response.put("userHandle", text(handle.getBytes(UTF_8))));
        return json(response);
    }

    private String json(Map<String, Object> response) {
        var credential = new LinkedHashMap<String, Object>();
        credential.put("id", credentialId());
        credential.put("rawId", credentialId());
        credential.put("response", response);
        credential.put("type", "public-key");
        credential.put("clientExtensionResults", Map.of());
        credential.put("authenticatorAttachment", "platform");
        return CONVERTER.getJsonMapper().writeValueAsString(credential);
    }

    private byte[] clientData(String ceremony, byte[] challenge) {
        var data = new LinkedHashMap<String, Object>();
        data.put("type", ceremony);
        data.put("challenge", text(challenge));
        data.put("origin", origin);
        data.put("crossOrigin", isFramed);
        topOrigin.ifPresent(site -> data.put("topOrigin", site));
        return CONVERTER.getJsonMapper().writeValueAsString(data).getBytes(UTF_8);
    }

    private byte[] authenticatorData(int flagBits, byte[] rest) {
        return ByteBuffer.allocate(37 + rest.length)
                .put(sha256(rpId.getBytes(UTF_8)))
                .put((byte) flagBits)
                .putInt((int) count)
                .put(rest)
                .array();
    }

    private byte[] attestedCredential() {
        var key = CONVERTER.getCborMapper().writeValueAsBytes(coseKey());
        return ByteBuffer.allocate(18 + credentialId.length + key.length)
                .put(new byte[16])
                .putShort((short) credentialId.length)
                .put(credentialId)
                .put(key)
                .array();
    }

    private COSEKey coseKey() {
        if (keys.getPublic() instanceof ECPublicKey ec) return EC2COSEKey.create(ec, algorithm);
        if (keys.getPublic() instanceof EdECPublicKey edwards) return EdDSACOSEKey.create(edwards, algorithm);
        return RSACOSEKey.create((RSAPublicKey) keys.getPublic(), algorithm);
    }

    private byte[] sign(byte[] signed) {
        try {
            var signature =
                    Signature.getInstance(algorithm.toSignatureAlgorithm().getJcaName());
            signature.initSign(keys.getPrivate());
            signature.update(signed);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] joined(byte[] one, byte[] other) {
        var both = new ByteArrayOutputStream();
        both.writeBytes(one);
        both.writeBytes(other);
        return both.toByteArray();
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    public static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
