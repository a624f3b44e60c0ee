package sluice.rules.domain;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import sluice.runtime.recovery.domain.RecoveryCode;
import sluice.runtime.recovery.domain.RecoverySet;
import sluice.schemas.VerificationMethod;

/**
 * A user's recovery codes, of which hashes alone are known. They are a way back to the user's authenticators, and no
 * authenticator: they make nobody enrolled and are never offered first.
 *
 * @param authenticator what others may see of the set; its method is RECOVERY_CODE
 * @param salt of the hashes, in lower-case hexadecimal
 * @param unspent hashes of the codes that still count
 * @param spent hashes of the codes that were accepted: kept, so that a replay is known as one
 */
public record RecoveryCodes(Authenticator authenticator, String salt, List<String> unspent, List<String> spent) {
    public RecoveryCodes {
        unspent = List.copyOf(unspent);
        spent = List.copyOf(spent);
    }

    /** A new set. */
    static RecoveryCodes issued(NewRecoveryCodes issue, Instant at) {
        var identity = new Authenticator(
                issue.authenticatorId(),
                VerificationMethod.RECOVERY_CODE,
                at,
                Optional.of(at),
                Optional.empty(),
                false,
                Optional.empty());
        return new RecoveryCodes(identity, issue.set().salt(), issue.set().hashes(), List.of());
    }

    /** The unspent code that somebody typed, as its hash. Every hash is compared, so the time taken tells nothing. */
    Optional<String> unspent(String typed) {
        return match(typed, unspent);
    }

    /** Whether what somebody typed is a code that was accepted before. */
    boolean isSpent(String typed) {
        return match(typed, spent).isPresent();
    }

    private Optional<String> match(String typed, List<String> hashes) {
        return RecoveryCode.read(typed)
                .map(code -> code.hash(salt).getBytes(US_ASCII))
                .flatMap(hash -> hashes.stream()
                        .filter(each -> MessageDigest.isEqual(each.getBytes(US_ASCII), hash))
                        .reduce((first, second) -> first)); // unlike findFirst, looks at all of them
    }

    /** The set after a code of it was accepted, which never counts again. */
    RecoveryCodes spend(String hash, Instant at) {
        var left = unspent.stream().filter(each -> !each.equals(hash)).toList();
        var gone = Stream.concat(spent.stream(), Stream.of(hash)).toList();
        return new RecoveryCodes(authenticator.verified(at), salt, left, gone);
    }

    /** A set on its way to the user: what the ingress has made. */
    public record NewRecoveryCodes(String authenticatorId, RecoverySet set) {}
}
