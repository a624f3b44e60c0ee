package sluice.track.tenant;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sluice.runtime.configuration.ConfigurationFollower;
import sluice.runtime.configuration.domain.Author;
import sluice.runtime.configuration.domain.Change;
import sluice.runtime.configuration.domain.Piece;
import sluice.runtime.configuration.domain.Setting;
import sluice.runtime.configuration.domain.Setting.Tenant;
import sluice.runtime.seal.Sealing;
import sluice.runtime.seal.domain.Sealed;
import sluice.schemas.VerificationMethod;
import sluice.track.token.TokenKeys;
import sluice.track.webhook.EventType;

/**
 * What the configuration must have before the first call: the local tenant with the current secrets, the
 * authenticator app and passkeys activated for it, the e-mail methods where mails can be sent, a key to sign tokens
 * with. Instances that start at once agree through the log.
 */
public final class TenantSetup {
    private static final Logger LOG = LoggerFactory.getLogger(TenantSetup.class);
    private static final Duration TOKEN_LIFETIME = Duration.ofMinutes(10);
    private static final int CHALLENGE_ATTEMPTS_MAX = 5;
    private static final int ACCEPTED_DRIFT = 1;
    private static final int TOKEN_KEY_BYTES = 32;

    /** Methods that somebody has to send mails for. */
    public static final Set<VerificationMethod> BY_MAIL =
            Collections.unmodifiableSet(EnumSet.of(VerificationMethod.EMAIL_OTP, VerificationMethod.EMAIL_MAGIC_LINK));

    /** Every method that Sluice can carry out, so that a tenant can have it or not. */
    public static final Set<VerificationMethod> METHODS = Collections.unmodifiableSet(EnumSet.of(
            VerificationMethod.AUTHENTICATOR_APP,
            VerificationMethod.PASSKEY,
            VerificationMethod.RECOVERY_CODE,
            VerificationMethod.EMAIL_OTP,
            VerificationMethod.EMAIL_MAGIC_LINK));

    private final ConfigurationFollower configuration;
    private final Sealing sealing;
    private final InstantSource clock;
    private final Author author;

    /** @param author of the changes */
    public TenantSetup(ConfigurationFollower configuration, Sealing sealing, InstantSource clock, Author author) {
        this.configuration = configuration;
        this.sealing = sealing;
        this.clock = clock;
        this.author = author;
    }

    /**
     * Adds what is missing.
     *
     * @param hasMail whether mails can be sent: the e-mail methods are active just then, or where the tenant sends its own
     * @param wanted methods that are to be active, those by e-mail where mails can be sent; empty: all that are there,
     *     unless something else was set for them
     */
    public void complete(Credentials credentials, boolean hasMail, Optional<Set<VerificationMethod>> wanted) {
        complete(credentials, hasMail, wanted, ACCEPTED_DRIFT);
    }

    /**
     * Adds what is missing.
     *
     * @param drift time steps to each side of now whose codes count too; 0 is ASVS's strict reading of how long a code may
     *     live (S7)
     */
    public void complete(
            Credentials credentials, boolean hasMail, Optional<Set<VerificationMethod>> wanted, int drift) {
        var tenant = Piece.tenant(credentials.tenantId());
        while (!knowsTheSecrets(credentials)) append(tenant, tenantWith(credentials));
        warnOfRetired(credentials);
        var sendsMails = hasMail || sendsItsOwn(credentials.tenantId());
        if (wanted.isEmpty()) {
            activate(credentials.tenantId(), VerificationMethod.AUTHENTICATOR_APP);
            activate(credentials.tenantId(), VerificationMethod.PASSKEY);
            for (var method : BY_MAIL) activateJustIf(sendsMails, credentials.tenantId(), method);
        } else {
            for (var method : METHODS) {
                var canBe = sendsMails || !BY_MAIL.contains(method);
                settle(credentials.tenantId(), method, canBe && wanted.get().contains(method));
            }
        }
        accept(credentials.tenantId(), drift);
        if (configuration.newest().tokenKeys().isEmpty()) addTokenKey(Duration.ZERO);
    }

    private void accept(String tenantId, int drift) {
        var app = configuration.newest().authenticator(tenantId, VerificationMethod.AUTHENTICATOR_APP);
        if (app.acceptedDrift() == drift) return;
        append(
                Piece.authenticator(tenantId, VerificationMethod.AUTHENTICATOR_APP.name()),
                new Setting.Authenticator(app.isActive(), drift, app.issuer()));
    }

    /** Activates a method, unless something was ever set for it. */
    private void activate(String tenantId, VerificationMethod method) {
        var piece = Piece.authenticator(tenantId, method.name());
        if (configuration.newest().changedAt(piece) == 0) append(piece, setting(method, true));
    }

    private boolean sendsItsOwn(String tenantId) {
        return configuration
                .newest()
                .tenant(tenantId)
                .filter(tenant -> tenant.webhook().answers(EventType.EMAIL_CREATED.text()))
                .isPresent();
    }

    /** Sets what is to be said of a method, also where it is so unsaid: what is unsaid is activated one day. */
    private void settle(String tenantId, VerificationMethod method, boolean isWanted) {
        var piece = Piece.authenticator(tenantId, method.name());
        var isSaid = configuration.newest().changedAt(piece) > 0;
        if (isSaid && configuration.newest().authenticator(tenantId, method).isActive() == isWanted) return;
        append(piece, setting(method, isWanted));
    }

    private void activateJustIf(boolean isWanted, String tenantId, VerificationMethod method) {
        if (configuration.newest().authenticator(tenantId, method).isActive() == isWanted) return;
        append(Piece.authenticator(tenantId, method.name()), setting(method, isWanted));
    }

    private static Setting.Authenticator setting(VerificationMethod method, boolean isActive) {
        var drift = method == VerificationMethod.AUTHENTICATOR_APP ? ACCEPTED_DRIFT : 0;
        return new Setting.Authenticator(isActive, drift, Optional.empty());
    }

    private boolean knowsTheSecrets(Credentials credentials) {
        return configuration.newest().tenant(credentials.tenantId()).stream()
                .anyMatch(tenant -> Arrays.stream(SecretKind.values())
                        .allMatch(kind -> kind.of(tenant).know(SecretHash.of(credentials.secret(kind)))));
    }

    /** A secret that was retired is not brought back by an ingress that is still told of it. */
    private void warnOfRetired(Credentials credentials) {
        configuration.newest().tenant(credentials.tenantId()).ifPresent(tenant -> {
            for (var kind : SecretKind.values()) {
                var hash = SecretHash.of(credentials.secret(kind));
                var good = kind.of(tenant).good(clock.instant());
                if (good.stream().noneMatch(key -> key.hash().equals(hash))) {
                    LOG.warn(
                            "The {} secret that this ingress is told of ({}) is retired and opens nothing",
                            kind.text(),
                            kind.setting());
                }
            }
        });
    }

    private Tenant tenantWith(Credentials credentials) {
        var tenantId = credentials.tenantId();
        var tenant = configuration
                .newest()
                .tenant(tenantId)
                .orElseGet(() -> new Tenant(tenantId, List.of(), List.of(), TOKEN_LIFETIME, CHALLENGE_ATTEMPTS_MAX));
        for (var kind : SecretKind.values()) {
            var secret = credentials.secret(kind);
            if (kind.of(tenant).know(SecretHash.of(secret))) continue;
            var key = SecretRotation.key(sealing, tenantId, secret, clock.instant());
            tenant = kind.with(tenant, kind.of(tenant).with(key, clock.instant(), SecretRotation.OVERLAP));
        }
        return tenant;
    }

    /**
     * Adds a key to sign tokens with; older ones still check what they signed.
     *
     * @param headStart time for every ingress to learn of the key before it signs
     * @return the key's id
     */
    public String addTokenKey(Duration headStart) {
        var keyId = UUID.randomUUID().toString();
        var bytes = new byte[TOKEN_KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        var key = new Sealed(sealing.seal(bytes, TokenKeys.SEALED_FOR, keyId));
        append(Piece.tokenKey(keyId), new Setting.TokenKey(key, clock.instant().plus(headStart), Optional.empty()));
        return keyId;
    }

    private void append(Piece piece, Setting value) {
        var basedOn = configuration.newest().changedAt(piece);
        var change =
                new Change(UUID.randomUUID().toString(), piece, basedOn, clock.instant(), author, Optional.of(value));
        configuration.append(change).join();
    }
}
