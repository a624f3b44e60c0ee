package sluice.rules.kafka;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sluice.rules.domain.Explanation;
import sluice.schemas.CustomValue;
import sluice.schemas.ExplainedRule;
import sluice.schemas.ExplainedValue;

/** Carries explanations to their records. */
final class ExplanationMapper {
    private ExplanationMapper() {}

    static sluice.schemas.Explanation toAvro(Explanation explanation) {
        return new sluice.schemas.Explanation(
                explanation.values().stream().map(ExplanationMapper::toAvro).toList(),
                explanation.rules().stream().map(ExplanationMapper::toAvro).toList());
    }

    private static ExplainedValue toAvro(Explanation.Value read) {
        var value = read.value().orElse(null);
        if (value instanceof List<?> items) {
            return new ExplainedValue(
                    read.name(),
                    null,
                    items.stream().map(ExplanationMapper::scalar).toList());
        }
        return new ExplainedValue(read.name(), scalar(value), null);
    }

    private static @Nullable CustomValue scalar(@Nullable Object value) {
        if (value instanceof String text) return new CustomValue(text, null, null, null);
        if (value instanceof Double number) return new CustomValue(null, number, null, null);
        return value instanceof Boolean truth ? new CustomValue(null, null, truth, null) : null;
    }

    private static ExplainedRule toAvro(Explanation.Judged judged) {
        return new ExplainedRule(
                judged.ruleId(),
                judged.isMatch(),
                judged.isTooCostly(),
                List.of(),
                ByteBuffer.wrap(judged.reads().bits()));
    }
}
