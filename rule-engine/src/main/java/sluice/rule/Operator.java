package sluice.rule;

/**
 * A word of the language.
 *
 * @param operandsMin least number of operands
 * @param operandsMax greatest number of operands
 */
record Operator(String name, int operandsMin, int operandsMax, Making making) {
    static final int MANY = Integer.MAX_VALUE;

    /** Makes the compiled part of the operator's operands. */
    interface Making {
        Part of(Call call) throws RefusedConditionException;
    }

    /** How many operands it takes, as a sentence has it. */
    String operands() {
        if (operandsMin == operandsMax) return operandsMin + (operandsMin == 1 ? " operand" : " operands");
        if (operandsMax == MANY) return operandsMin + " or more operands";
        return operandsMin + " to " + operandsMax + " operands";
    }
}
