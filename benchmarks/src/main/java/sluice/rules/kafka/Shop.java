package sluice.rules.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import sluice.rule.AggregateDataPoint;
import sluice.rule.CountedDataPoint;
import sluice.rule.CustomDataPoint;
import sluice.rule.DataPoint;
import sluice.rule.ValueType;
import sluice.rule.Variable;
import sluice.runtime.configuration.ConfigurationSource;
import sluice.runtime.configuration.domain.Author;
import sluice.runtime.configuration.domain.Change;
import sluice.runtime.configuration.domain.ConfigurationHistory;
import sluice.runtime.configuration.domain.ConfigurationView;
import sluice.runtime.configuration.domain.Piece;
import sluice.runtime.configuration.domain.Setting;
import sluice.schemas.ActionOutcome;
import sluice.schemas.CustomDataModel;
import sluice.schemas.CustomDataType;
import sluice.schemas.VerificationMethod;

/** A tenant with rules that read what there is and match nothing, so that every one of them is evaluated to its end. */
final class Shop implements ConfigurationSource {
    static final String TENANT = "shop";
    static final String ACTION = "pay";

    private final ConfigurationHistory history = new ConfigurationHistory();

    /**
     * Sets up the tenant.
     *
     * @param rules how many
     * @param reads data points that each rule reads; a rule begins where the one before it ended
     */
    Shop(int rules, int reads) {
        change(Piece.tenant(TENANT), new Setting.Tenant("Shop", List.of(), List.of(), Duration.ofMinutes(10), 5));
        change(
                Piece.authenticator(TENANT, VerificationMethod.AUTHENTICATOR_APP.name()),
                new Setting.Authenticator(true, 1, Optional.empty()));
        for (var name : List.of("amount", "payee")) {
            var type = name.equals("amount") ? CustomDataType.NUMBER : CustomDataType.TEXT;
            change(
                    Piece.customDataPoint(TENANT, CustomDataModel.ACTION + name),
                    new Setting.CustomDataPoint(name, type, CustomDataModel.ACTION, Optional.empty(), false));
        }
        var points = points();
        for (var rule = 0; rule < rules; rule++) {
            Collections.rotate(points, -reads);
            change(Piece.rule(TENANT, ACTION, "rule-" + rule), rule(rule, points.subList(0, reads)));
        }
        var compiled = newest().ruleSet(TENANT, ACTION).rules().size();
        if (compiled != rules) throw new IllegalStateException(compiled + " rules of " + rules + " compile");
    }

    private static List<Variable> points() {
        var all = new ArrayList<Variable>(Arrays.asList(DataPoint.values()));
        all.addAll(CountedDataPoint.all());
        var amount = new CustomDataPoint("amount", ValueType.NUMBER, false);
        all.add(amount);
        all.addAll(AggregateDataPoint.of(amount));
        return all;
    }

    private static Setting.Rule rule(int priority, List<Variable> reads) {
        var conditions = IntStream.range(0, reads.size())
                .mapToObj(each -> "{\"or\":[{\"var\":\"" + reads.get(each).label() + "\"},true]}")
                .collect(Collectors.joining(",", "{\"and\":[", ",false]}"));
        return new Setting.Rule(
                "Watches",
                Optional.empty(),
                true,
                priority,
                ActionOutcome.BLOCK,
                conditions,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    private void change(Piece piece, Setting value) {
        var basedOn = history.newest().changedAt(piece);
        history.apply(new Change(
                "change", piece, basedOn, Instant.EPOCH, Author.commandLine("benchmark", "run"), Optional.of(value)));
    }

    @Override
    public ConfigurationView newest() {
        return history.newest();
    }

    @Override
    public ConfigurationView at(long version) {
        return history.at(version);
    }
}
