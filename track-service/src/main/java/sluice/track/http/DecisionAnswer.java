package sluice.track.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import sluice.runtime.configuration.domain.ConfigurationView;
import sluice.runtime.configuration.domain.Setting;
import sluice.runtime.seal.SealBrokenException;
import sluice.runtime.seal.Sealing;
import sluice.runtime.seal.domain.PersonalKeys;
import sluice.runtime.seal.domain.Sealed;
import sluice.schemas.ActionOutcome;
import sluice.schemas.CustomValue;
import sluice.schemas.Decision;
import sluice.schemas.ExplainedRule;
import sluice.schemas.ExplainedValue;
import sluice.schemas.Explanation;
import sluice.schemas.topic.Topics;
import sluice.schemas.wire.AvroSerde;

/** How a decision came about, for an action's answer: docs/rules.md, The explanation. */
final class DecisionAnswer {
    private static final Explanation NONE = new Explanation(List.of(), List.of());

    private final Sealing sealing;
    private final UserQueries users;
    private final AvroSerde<Explanation> explanations;

    DecisionAnswer(Sealing sealing, UserQueries users, Topics topics) {
        this.sealing = sealing;
        this.users = users;
        this.explanations = new AvroSerde<>(Explanation.class, topics.schemaIds());
    }

    /** A rule that matched, as the contract has it. */
    record Matched(
            String ruleId, @Nullable String name, @Nullable String description) {}

    /** The contract's {@code output}. */
    record Output(
            ActionOutcome outcome,
            long configurationVersion,
            @Nullable ActionOutcome shadowOutcome,
            List<Evaluated> rules) {}

    /** A rule that was evaluated, with what it read. */
    record Evaluated(
            String ruleId,
            @Nullable String name,
            @Nullable ActionOutcome type,
            boolean isShadow,
            boolean isMatch,
            @Nullable Boolean isTooCostly,
            ObjectNode values) {}

    /** @param then the configuration at the decision's version */
    List<Matched> matched(Decision decision, ConfigurationView then) {
        var rules = then.rules(decision.getTenantId(), decision.getActionCode());
        return decision.getRuleIds().stream()
                .map(ruleId -> {
                    var rule = Optional.ofNullable(rules.get(ruleId));
                    return new Matched(
                            ruleId,
                            rule.map(Setting.Rule::name).orElse(null),
                            rule.flatMap(Setting.Rule::description).orElse(null));
                })
                .toList();
    }

    /** Of a decision whose epoch is over, the user's key is asked for; of a user who was deleted there is none. */
    CompletableFuture<Explanation> explanation(Decision decision) {
        var sealed = decision.getSealedExplanation();
        if (sealed == null) return CompletableFuture.completedFuture(NONE);
        var bytes = Sealed.of(sealed).bytes();
        var epoch = Sealing.epoch(bytes);
        if (epoch.isEmpty() || isLive(decision)) return CompletableFuture.completedFuture(opened(decision, sealing));
        return users.personalKey(decision.getTenantId(), decision.getUserId(), epoch.getAsInt())
                .thenApply(key -> key.map(own -> opened(decision, sealing.with(PersonalKeys.of(epoch.getAsInt(), own))))
                        .orElse(NONE));
    }

    private boolean isLive(Decision decision) {
        return sealing.personalKeys()
                .at(decision.getTenantId(), decision.getUserId(), decision.getDecidedAt())
                .isPresent();
    }

    /** @param then the configuration at the decision's version */
    Output output(Decision decision, Explanation explanation, ConfigurationView then) {
        var rules = then.rules(decision.getTenantId(), decision.getActionCode());
        return new Output(
                decision.getOutcome(),
                decision.getConfigurationVersion(),
                decision.getShadowOutcome(),
                explanation.getRules().stream()
                        .map(each -> evaluated(
                                each, Optional.ofNullable(rules.get(each.getRuleId())), explanation.getValues()))
                        .toList());
    }

    /** Nothing where it can't be opened any more. */
    private Explanation opened(Decision decision, Sealing opening) {
        try {
            return explanations.fromBytes(opening.openRepeatable(
                    Sealed.of(decision.getSealedExplanation()).bytes(),
                    "explanation",
                    decision.getTenantId(),
                    decision.getUserId(),
                    decision.getCauseId()));
        } catch (SealBrokenException e) {
            return NONE;
        }
    }

    private static Evaluated evaluated(ExplainedRule judged, Optional<Setting.Rule> rule, List<ExplainedValue> all) {
        var values = JsonNodeFactory.instance.objectNode();
        reads(judged).mapToObj(all::get).forEach(read -> values.set(read.getName(), value(read)));
        return new Evaluated(
                judged.getRuleId(),
                rule.map(Setting.Rule::name).orElse(null),
                rule.map(Setting.Rule::type).orElse(null),
                rule.map(Setting.Rule::isShadow).orElse(false),
                judged.getIsMatch(),
                judged.getIsTooCostly() ? true : null,
                values);
    }

    /** Places in the values; one of the two ways to tell them is empty. */
    private static IntStream reads(ExplainedRule judged) {
        return IntStream.concat(
                judged.getReads().stream().mapToInt(place -> place), BitSet.valueOf(judged.getReadBits()).stream());
    }

    private static JsonNode value(ExplainedValue read) {
        if (read.getItems() == null) return value(read.getValue());
        var items = JsonNodeFactory.instance.arrayNode();
        read.getItems().forEach(item -> items.add(value(item)));
        return items;
    }

    private static JsonNode value(@Nullable CustomValue value) {
        var json = JsonNodeFactory.instance;
        if (value == null) return json.nullNode();
        if (value.getText() != null) return json.textNode(value.getText());
        if (value.getTruth() != null) return json.booleanNode(value.getTruth());
        return json.pojoNode(CustomData.answer(value));
    }
}
