package sluice.rule;

/** What a value is, as far as it is known before there is one. Any of them may be unknown, which is null. */
public enum ValueType {
    BOOLEAN("a boolean"),
    NUMBER("a number"),
    TEXT("a text"),
    LIST("a list"),
    ANY("anything");

    private final String words;

    ValueType(String words) {
        this.words = words;
    }

    /** As a sentence names it. */
    String words() {
        return words;
    }
}
