package sluice.schemas.id;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.UUID;

/** Ids that follow from what they are about, so that the same cause always makes the same record (promise P2). */
public final class DerivedId {
    private DerivedId() {}

    /**
     * Derives an id: a name-based UUID (RFC 9562 section 5.3).
     *
     * @param causeId eventId of the cause
     * @param what distinguishes the cause's effects, such as {@code decision}
     */
    public static String of(String causeId, String what) {
        return UUID.nameUUIDFromBytes((what + ":" + causeId).getBytes(UTF_8)).toString();
    }
}
