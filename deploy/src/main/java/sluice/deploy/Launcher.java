package sluice.deploy;

import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import sluice.runtime.NodeSettings;
import sluice.runtime.kafka.Brokers;
import sluice.runtime.settings.RefusedSettingsException;
import sluice.runtime.settings.Settings;
import sluice.schemas.topic.TopicCreation;
import sluice.schemas.topic.Topics;
import sluice.schemas.wire.ReleasedSchemas;
import sluice.track.TrackSettings;
import sluice.track.tenant.Credentials;

/** What {@code ./sluice <command>} runs. The only place that reads the environment. */
public final class Launcher {
    private static final int FAILED = 1;

    private Launcher() {}

    /** @param arguments the command, and what it takes */
    public static void main(String[] arguments) {
        try {
            run(arguments.length == 0 ? "" : arguments[0], List.of(arguments), System.getenv());
        } catch (RefusedSettingsException e) {
            fail(FAILED, String.valueOf(e.getMessage()));
        } catch (CommandFailedException e) {
            fail(e.status(), String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            fail(
                    FAILED,
                    "Sluice can't do that: " + e.getMessage()
                            + (e.getCause() == null ? "" : " (" + e.getCause() + ")"));
        }
    }

    private static void fail(int status, String message) {
        System.err.println(message);
        System.exit(status);
    }

    private static void run(String command, List<String> arguments, Map<String, String> environment) throws Exception {
        var settings = new Settings(environment);
        var node = NodeSettings.from(settings);
        var track = TrackSettings.from(settings);
        var local = LocalSettings.from(settings);
        settings.refuseUnknownNames();
        var keys = new KeyCommands(node, track, arguments.stream().skip(1).toList());
        switch (command) {
            case "up" ->
                Installation.start(node, track, local, Installation.ALL).runUntilStopped();
            case "kafka" -> Installation.broker(node, local).runUntilStopped();
            case "track-service", "rules-processor", "challenge-service" ->
                Installation.start(node, track, local, Set.of(command)).runUntilStopped();
            case "demo" -> Demo.play(node, track, local);
            case "credentials" -> print(Credentials.of(track, node.dataDirectory()));
            case "create-topics" -> createTopics(node);
            case "rotate-token-key" -> keys.rotateTokenKey();
            case "rotate-session-key" -> keys.rotateSessionKey();
            case "rotate-secret" -> keys.rotateSecret();
            case "retire-secret" -> keys.retireSecret();
            case "secrets" -> keys.secrets();
            case "rotate-keyset" -> keys.rotateKeyset();
            case "backtest" -> BacktestCommand.run(node, track, arguments.subList(1, arguments.size()));
            case "audit" -> AuditCommand.run(node, arguments.subList(1, arguments.size()));
            case "replay" -> ReplayCommand.run(node, track, arguments.subList(1, arguments.size()));
            case "settings" -> settings.documented().forEach(Launcher::print);
            default -> apart(command).run(node, track, arguments.subList(1, arguments.size()));
        }
    }

    private static ApartCommand apart(String command) {
        for (var found : ServiceLoader.load(ApartCommand.class)) {
            if (found.name().equals(command)) return found;
        }
        throw new CommandFailedException("Unknown command '" + command + "'");
    }

    private static void print(Credentials credentials) {
        System.out.println("SLUICE_TENANT_ID=" + credentials.tenantId());
        System.out.println("SLUICE_API_SECRET=" + credentials.apiSecret());
        System.out.println("SLUICE_MANAGEMENT_SECRET=" + credentials.managementSecret());
    }

    private static void print(Settings.Documented setting) {
        System.out.printf(
                "%-30s %s; %s; default %s%n",
                setting.name(),
                setting.meaning(),
                setting.expectation(),
                setting.fallback().isEmpty() ? "unset" : setting.fallback());
    }

    private static void createTopics(NodeSettings settings) throws Exception {
        var topics =
                new Topics(settings.topicPrefix(), settings.partitions(), settings.retention(), ReleasedSchemas.load());
        try (var admin = Brokers.reach(settings)) {
            new TopicCreation(admin, settings.replicationFactor()).createMissing(topics);
            System.out.println("The topics are there.");
        }
    }
}
