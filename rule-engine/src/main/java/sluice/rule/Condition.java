package sluice.rule;

import org.jspecify.annotations.Nullable;

/** A compiled condition. Immutable and thread-safe; its evaluation is total and bounded in cost. */
public final class Condition {
    private final Expression expression;

    Condition(Expression expression) {
        this.expression = expression;
    }

    /** Evaluates on a frame with the slots of the compiler that made this. */
    public Evaluation evaluate(Frame frame) {
        var value = value(frame, null);
        return new Evaluation(!frame.isSpent() && Coercion.truthy(value), frame.isSpent(), frame.reads());
    }

    /** What the condition gives before it is asked whether that is true. */
    @Nullable
    Object value(Frame frame, @Nullable Object document) {
        frame.begin(document);
        return expression.of(frame);
    }
}
