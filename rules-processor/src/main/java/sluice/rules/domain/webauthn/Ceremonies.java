package sluice.rules.domain.webauthn;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.AuthenticatorTransport;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.attestation.authenticator.AAGUID;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.COSEKey;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Judges what browsers answer in WebAuthn's ceremonies (Web Authentication Level 3, sections 7.1 and 7.2). Whose
 * authenticator a new passkey lives in is not asked for, so attestation is not looked at. Pure and thread-safe.
 */
public final class Ceremonies {
    private static final boolean USER_VERIFICATION_REQUIRED = true;
    private static final boolean USER_PRESENCE_REQUIRED = true;

    /** Longer names are no authenticator's (section 7.1, step 25). */
    private static final int CREDENTIAL_ID_BYTES_MAX = 1023;

    private static final int TRANSPORTS_MAX = 8;
    private static final int TRANSPORT_LENGTH_MAX = 32;
    private static final Set<String> ATTACHMENTS = Set.of("platform", "cross-platform");

    private static final List<PublicKeyCredentialParameters> ALGORITHMS = Stream.of(
                    COSEAlgorithmIdentifier.ES256, COSEAlgorithmIdentifier.EdDSA, COSEAlgorithmIdentifier.RS256)
            .map(algorithm -> new PublicKeyCredentialParameters(PublicKeyCredentialType.PUBLIC_KEY, algorithm))
            .toList();

    private final ObjectConverter converter = new ObjectConverter();
    private final WebAuthnManager manager = WebAuthnManager.createNonStrictWebAuthnManager(converter);

    /** The part of a browser's answer that the library does not keep. */
    private record Attachment(@Nullable String authenticatorAttachment) {}

    /** Reads what a verify event brought; empty if it is not what an ingress writes. */
    public Optional<PasskeyAnswer> read(String json) {
        return attempt(() -> converter.getJsonMapper().readValue(json, PasskeyAnswer.class));
    }

    /**
     * Judges a new passkey (section 7.1).
     *
     * @param challenge the bytes that it had to sign
     * @return the passkey, or empty if anything about it is not as it should be
     */
    public Optional<Passkey> register(PasskeyAnswer.Registration answer, byte[] challenge) {
        return attempt(() -> {
            var parameters = new RegistrationParameters(
                    server(answer.relyingParty(), challenge),
                    ALGORITHMS,
                    USER_VERIFICATION_REQUIRED && !answer.isConditional(),
                    USER_PRESENCE_REQUIRED && !answer.isConditional());
            return passkey(manager.verifyRegistrationResponseJSON(answer.credential(), parameters), answer);
        });
    }

    private @Nullable Passkey passkey(RegistrationData data, PasskeyAnswer.Registration answer) {
        var authenticator = data.getAttestationObject().getAuthenticatorData();
        var credential = authenticator.getAttestedCredentialData();
        if (credential.getCredentialId().length > CREDENTIAL_ID_BYTES_MAX) return null;
        return new Passkey(
                text(credential.getCredentialId()),
                credential.getAaguid().toString(),
                text(converter.getCborMapper().writeValueAsBytes(credential.getCOSEKey())),
                authenticator.getSignCount(),
                authenticator.isFlagBE(),
                authenticator.isFlagBS(),
                attachment(answer.credential()),
                transports(data.getTransports()),
                Optional.empty(),
                answer.agent(),
                List.of());
    }

    private Optional<String> attachment(String credential) {
        return Optional.ofNullable(converter
                        .getJsonMapper()
                        .readValue(credential, Attachment.class)
                        .authenticatorAttachment())
                .filter(ATTACHMENTS::contains);
    }

    private static List<String> transports(@Nullable Set<AuthenticatorTransport> told) {
        if (told == null) return List.of();
        return told.stream()
                .map(AuthenticatorTransport::getValue)
                .filter(value -> value.length() <= TRANSPORT_LENGTH_MAX)
                .sorted()
                .limit(TRANSPORTS_MAX)
                .toList();
    }

    /** Id of the passkey that answered; empty if the answer can't be read. */
    public Optional<String> credentialId(PasskeyAnswer.Assertion answer) {
        return attempt(() -> text(parse(answer).getCredentialId()));
    }

    /**
     * Judges the answer of a passkey (section 7.2). A counter that has not moved forward is refused: there is a copy of
     * the key somewhere.
     *
     * @param userId whose passkey it is: where the answer names a user, it has to be this one
     * @return the passkey with what the authenticator told of itself, or empty if the answer is wrong
     */
    public Optional<Passkey> assertBy(Passkey passkey, PasskeyAnswer.Assertion answer, String userId) {
        return attempt(() -> {
            var data = parse(answer);
            if (!isHandleOf(userId, data.getUserHandle())) return null;
            var parameters = new AuthenticationParameters(
                    server(answer.relyingParty(), bytes(answer.challenge())),
                    recordOf(passkey),
                    List.of(bytes(passkey.credentialId())),
                    USER_VERIFICATION_REQUIRED,
                    USER_PRESENCE_REQUIRED);
            var told = manager.verify(data, parameters).getAuthenticatorData();
            return passkey.withSignatureCount(told.getSignCount()).withIsBackedUp(told.isFlagBS());
        });
    }

    private AuthenticationData parse(PasskeyAnswer.Assertion answer) {
        return manager.parseAuthenticationResponseJSON(answer.credential());
    }

    private static boolean isHandleOf(String userId, byte @Nullable [] handle) {
        return handle == null || handle.length == 0 || userId.equals(new String(handle, UTF_8));
    }

    private CredentialRecordImpl recordOf(Passkey passkey) {
        var key = converter.getCborMapper().readValue(bytes(passkey.publicKey()), COSEKey.class);
        return new CredentialRecordImpl(
                new NoneAttestationStatement(),
                true,
                passkey.isBackupEligible(),
                passkey.isBackedUp(),
                passkey.signatureCount(),
                new AttestedCredentialData(new AAGUID(passkey.aaguid()), bytes(passkey.credentialId()), key),
                null,
                null,
                null,
                null);
    }

    private static ServerProperty server(RelyingParty party, byte[] challenge) {
        return ServerProperty.builder()
                .origins(party.origins().stream().map(Origin::new).collect(Collectors.toUnmodifiableSet()))
                .topOriginPredicate(
                        site -> party.letsFrame(Optional.ofNullable(site).map(Origin::toString)))
                .rpId(party.id())
                .challenge(new DefaultChallenge(challenge))
                .build();
    }

    private static byte[] bytes(String base64Url) {
        return Base64.getUrlDecoder().decode(base64Url);
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * What strangers send goes through the library's parsers, which throw more than their documentation lists (null
     * pointers for members that are missing): none of it may be more than a wrong answer.
     */
    private static <T> Optional<T> attempt(Supplier<@Nullable T> judging) {
        try {
            return Optional.ofNullable(judging.get());
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }
}
