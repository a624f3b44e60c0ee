package sluice.runtime.seal;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.DeterministicAead;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import sluice.runtime.seal.domain.PersonalKeys;

/**
 * Seals and opens secrets and personal data with the installation's AEAD keyset (AES-256-GCM). What is sealed for one
 * place (tenant, user, authenticator…) can't be opened in another: the place is the associated data. Thread-safe.
 */
public final class Sealing {
    private volatile Keys keys;
    private volatile PersonalKeys personal = PersonalKeys.NONE;

    /**
     * What seals, and opens.
     *
     * @param repeatable gives the same for the same (RFC 5297)
     * @param ids of the keys, that which seals first; the others only open
     */
    record Keys(Aead aead, DeterministicAead repeatable, List<Integer> ids) {
        Keys {
            ids = List.copyOf(ids);
        }
    }

    Sealing(Keys keys) {
        this.keys = keys;
    }

    /** From now on with other keys, among which are those of all that is to be opened. */
    void use(Keys others) {
        keys = others;
    }

    /** From now on with keys of users, beside those of the keyset. */
    public void use(PersonalKeys others) {
        personal = others;
    }

    /** With the same keyset, as it is now, and other keys of users: for who reads what others have written. */
    public Sealing with(PersonalKeys others) {
        var sealing = new Sealing(keys);
        sealing.use(others);
        return sealing;
    }

    /** The keys of users that it seals and opens with. */
    public PersonalKeys personalKeys() {
        return personal;
    }

    /** Ids of the keys; the first is the one that seals. */
    public List<Integer> keyIds() {
        return keys.ids();
    }

    /** @param place what the bytes belong to, each part any text */
    public byte[] seal(byte[] plain, String... place) {
        try {
            return keys.aead().encrypt(plain, associated(place));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The keyset can't seal", e);
        }
    }

    /**
     * Seals what belongs to a user and goes to the log, with a key that goes when the user is deleted.
     *
     * @param at event time of what it comes with
     * @param place kind, tenant, user, and more
     * @throws NoEpochException if there is no such key
     */
    public byte[] sealFor(Instant at, byte[] plain, String... place) {
        var users = personal;
        if (users == PersonalKeys.NONE) return seal(plain, place);
        var epoch = users.at(place[1], place[2], at).orElseThrow(NoEpochException::new);
        try {
            return PersonalSeal.seal(key(users, epoch.id(), place), epoch.id(), plain, associated(place));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The key can't seal", e);
        }
    }

    /** Whether the bytes are sealed with a key of a user, and not with the keyset. */
    public static boolean isPersonal(byte[] sealed) {
        return PersonalSeal.is(sealed);
    }

    /** The id of the epoch whose key of the user the bytes are sealed with; empty: they are sealed with the keyset. */
    public static OptionalInt epoch(byte[] sealed) {
        return PersonalSeal.is(sealed) ? OptionalInt.of(PersonalSeal.epoch(sealed)) : OptionalInt.empty();
    }

    /** Whether the bytes are sealed with the key of another epoch than that of a moment, as far as is known. */
    public boolean isOfAnotherEpoch(byte[] sealed, Instant at, String tenantId, String userId) {
        return PersonalSeal.is(sealed)
                && personal.at(tenantId, userId, at)
                        .filter(epoch -> epoch.id() != PersonalSeal.epoch(sealed))
                        .isPresent();
    }

    /**
     * Opens what was sealed with the keyset or for a user.
     *
     * @throws ErasedException if the user's key is gone
     * @throws SealBrokenException if the bytes were sealed elsewhere, with a key that is gone, or were altered
     */
    public byte[] open(byte[] sealed, String... place) {
        if (PersonalSeal.is(sealed)) return openPersonal(sealed, place);
        try {
            return keys.aead().decrypt(sealed, associated(place));
        } catch (GeneralSecurityException e) {
            throw new SealBrokenException(place[0]);
        }
    }

    /**
     * Seals what an event makes: the same bytes in the same place are the same when sealed, so that a replay gives the
     * same outcome byte for byte (promise P3). Who sees two of one place learns whether they are the same, no more.
     */
    public byte[] sealRepeatably(byte[] plain, String... place) {
        try {
            return keys.repeatable().encryptDeterministically(plain, associated(place));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The keyset can't seal", e);
        }
    }

    /**
     * The same with a key that goes when the user is deleted; with the keyset where there is none, as at a time that
     * somebody else has given an event.
     *
     * @param at event time
     * @param place kind, tenant, user, and more
     */
    public byte[] sealRepeatablyFor(Instant at, byte[] plain, String... place) {
        var users = personal;
        var epoch = users.at(place[1], place[2], at);
        if (epoch.isEmpty()) return sealRepeatably(plain, place);
        var id = epoch.get().id();
        try {
            return PersonalSeal.sealRepeatably(key(users, id, place), id, plain, associated(place));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The key can't seal", e);
        }
    }

    private static byte[] key(PersonalKeys users, int epoch, String... place) {
        return users.key(place[1], place[2], epoch).orElseThrow(() -> new ErasedException(place[0]));
    }

    private byte[] openPersonal(byte[] sealed, String... place) {
        if (place.length < 3) throw new SealBrokenException(place[0]);
        try {
            return PersonalSeal.open(key(personal, PersonalSeal.epoch(sealed), place), sealed, associated(place));
        } catch (GeneralSecurityException e) {
            throw new SealBrokenException(place[0]);
        }
    }

    /** @throws SealBrokenException as {@link #open} does */
    public byte[] openRepeatable(byte[] sealed, String... place) {
        if (PersonalSeal.is(sealed)) return openPersonal(sealed, place);
        try {
            return keys.repeatable().decryptDeterministically(sealed, associated(place));
        } catch (GeneralSecurityException e) {
            throw new SealBrokenException(place[0]);
        }
    }

    /** Each part with its length in front, so that no two places read alike. */
    static byte[] associated(String... place) {
        var text = new StringBuilder();
        for (var part : place) text.append(part.length()).append(':').append(part);
        return text.toString().getBytes(UTF_8);
    }
}
