package sluice.rule;

/** Something that a rule may read by its name, such as {@code ip.address}. */
public interface Variable {
    /** What rules call it. */
    String label();

    /** What its value is where it is known. Numbers are finite. */
    ValueType type();
}
