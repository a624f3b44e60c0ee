package sluice.rule;

/**
 * A data point of the tenant's own.
 *
 * @param dataName what track calls and updates of users know it by
 * @param isOfUser whether a user has it; otherwise an action does
 */
public record CustomDataPoint(String dataName, ValueType type, boolean isOfUser) implements Variable {
    @Override
    public String label() {
        return (isOfUser ? "user.custom." : "custom.") + dataName;
    }
}
