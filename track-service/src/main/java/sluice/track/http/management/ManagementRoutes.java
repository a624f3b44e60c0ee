package sluice.track.http.management;

import io.javalin.config.RoutesConfig;
import java.time.InstantSource;
import sluice.runtime.configuration.ConfigurationFollower;
import sluice.track.http.auth.Callers;

/** The management API under {@code /v1/management}: every route of it (management contract). */
public final class ManagementRoutes {
    private static final String PREFIX = "/v1/management/";

    private final Desk desk;
    private final BacktestQueries backtests;
    private final AggregateQueries aggregates;

    public ManagementRoutes(
            Callers callers,
            ConfigurationFollower configuration,
            InstantSource clock,
            BacktestQueries backtests,
            AggregateQueries aggregates) {
        this.desk = new Desk(callers, configuration, clock);
        this.backtests = backtests;
        this.aggregates = aggregates;
    }

    public void addTo(RoutesConfig routes) {
        actionConfigurations(routes);
        rules(routes);
        backtests(routes);
        routes.get(PREFIX + "aggregates", new AggregateHandler(desk, aggregates)::get);
        valueLists(routes);
        customDataPoints(routes);
        onePerTenant(routes);
    }

    private void actionConfigurations(RoutesConfig routes) {
        var actions = new ActionConfigurationHandler(desk);
        routes.post(PREFIX + "action-configurations", actions::create);
        routes.get(PREFIX + "action-configurations/{actionCode}", actions::get);
        routes.patch(PREFIX + "action-configurations/{actionCode}", actions::patch);
        routes.delete(PREFIX + "action-configurations/{actionCode}", actions::delete);
    }

    private void rules(RoutesConfig routes) {
        var rules = new RuleHandler(desk);
        routes.post(PREFIX + "action-configurations/{actionCode}/rules", rules::create);
        routes.get(PREFIX + "action-configurations/{actionCode}/rules", rules::list);
        routes.get(PREFIX + "action-configurations/{actionCode}/rules/{ruleId}", rules::get);
        routes.patch(PREFIX + "action-configurations/{actionCode}/rules/{ruleId}", rules::patch);
        routes.delete(PREFIX + "action-configurations/{actionCode}/rules/{ruleId}", rules::delete);
    }

    private void backtests(RoutesConfig routes) {
        var handler = new BacktestHandler(desk, backtests);
        routes.post(PREFIX + "backtests", handler::create);
        routes.get(PREFIX + "backtests/{backtestId}", handler::get);
        routes.delete(PREFIX + "backtests/{backtestId}", handler::delete);
    }

    private void valueLists(RoutesConfig routes) {
        var lists = new ValueListHandler(desk);
        routes.post(PREFIX + "value-lists", lists::create);
        routes.get(PREFIX + "value-lists/{alias}", lists::get);
        routes.patch(PREFIX + "value-lists/{alias}", lists::patch);
        routes.delete(PREFIX + "value-lists/{alias}", lists::delete);
    }

    private void customDataPoints(RoutesConfig routes) {
        var points = new CustomDataPointHandler(desk);
        routes.post(PREFIX + "custom-data-points", points::create);
        routes.get(PREFIX + "custom-data-points/{id}", points::get);
        routes.patch(PREFIX + "custom-data-points/{id}", points::patch);
        routes.delete(PREFIX + "custom-data-points/{id}", points::delete);
    }

    private void onePerTenant(RoutesConfig routes) {
        var tenant = new TenantHandler(desk);
        routes.get(PREFIX + "tenant", tenant::get);
        routes.patch(PREFIX + "tenant", tenant::patch);
        var overrides = new MessageOverridesHandler(desk);
        routes.get(PREFIX + "message-overrides", overrides::get);
        routes.patch(PREFIX + "message-overrides", overrides::patch);
        routes.get(PREFIX + "message-overrides/catalog", overrides::catalogue);
        var theme = new ThemeHandler(desk);
        routes.get(PREFIX + "theme", theme::get);
        routes.patch(PREFIX + "theme", theme::patch);
    }
}
