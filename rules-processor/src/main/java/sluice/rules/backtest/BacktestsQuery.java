package sluice.rules.backtest;

import static java.util.stream.Collectors.toMap;

import java.util.Map;
import java.util.Optional;
import sluice.rules.backtest.domain.Period;
import sluice.runtime.configuration.ConfigurationSource;
import sluice.runtime.configuration.RuleMapper;
import sluice.runtime.configuration.domain.Setting;
import sluice.runtime.query.QueryServer;
import sluice.schemas.BacktestPlan;
import sluice.schemas.BacktestQuery;
import sluice.schemas.BacktestView;
import sluice.schemas.wire.AvroSerde;
import sluice.schemas.wire.SchemaIds;

/** Starts and ends back-tests, and tells how far they are. Question: a BacktestQuery; answer: a BacktestView. */
public final class BacktestsQuery implements QueryServer.Query {
    private final Backtests backtests;
    private final ConfigurationSource configuration;
    private final int usersMax;
    private final AvroSerde<BacktestQuery> question;
    private final AvroSerde<BacktestView> answer;

    /** @param usersMax users of one partition, in one pass, that there is memory for */
    public BacktestsQuery(Backtests backtests, ConfigurationSource configuration, int usersMax, SchemaIds ids) {
        this.backtests = backtests;
        this.configuration = configuration;
        this.usersMax = usersMax;
        this.question = new AvroSerde<>(BacktestQuery.class, ids);
        this.answer = new AvroSerde<>(BacktestView.class, ids);
    }

    @Override
    public byte[] answer(int partition, byte[] asked) {
        return answer.toBytes(toAvro(answered(question.fromBytes(asked))));
    }

    private BacktestStatus answered(BacktestQuery query) {
        if (query.getIsEnd()) return backtests.end(query.getTenantId(), query.getBacktestId());
        var plan = query.getPlan();
        if (plan == null) return backtests.look(query.getTenantId(), query.getBacktestId());
        configuration.at(plan.getConfigurationVersion()); // waits: what the rules may name is there then
        return backtests.start(query.getBacktestId(), plan(query.getTenantId(), plan));
    }

    private static BacktestView toAvro(BacktestStatus status) {
        return new BacktestView(
                status.state(),
                status.backtestId(),
                status.share(),
                status.records(),
                status.report().orElse(null));
    }

    private Plan plan(String tenantId, BacktestPlan read) {
        return new Plan(
                tenantId,
                read.getCandidate().entrySet().stream()
                        .collect(toMap(Map.Entry::getKey, entry -> rules(entry.getValue()))),
                new Period(Optional.ofNullable(read.getFrom()), Optional.of(read.getTo())),
                1,
                usersMax,
                read.getSamplesMax(),
                read.getShowsValues());
    }

    private static Map<String, Setting.Rule> rules(Map<String, sluice.schemas.RuleConfiguration> read) {
        return read.entrySet().stream()
                .collect(toMap(Map.Entry::getKey, entry -> RuleMapper.toDomain(entry.getValue())));
    }
}
