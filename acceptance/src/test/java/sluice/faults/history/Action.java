package sluice.faults.history;

/** An action of a user (design section 3). */
public record Action(String userId, String code, String idempotencyKey) {
    @Override
    public String toString() {
        return userId + "/" + code + "/" + idempotencyKey;
    }
}
