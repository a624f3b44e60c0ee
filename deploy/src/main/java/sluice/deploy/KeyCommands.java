package sluice.deploy;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import sluice.runtime.Node;
import sluice.runtime.NodeSettings;
import sluice.runtime.configuration.domain.Author;
import sluice.runtime.configuration.domain.Setting.SecretKey;
import sluice.runtime.seal.Keyset;
import sluice.runtime.seal.KeysetFollower;
import sluice.track.TrackSettings;
import sluice.track.session.SessionKeySetup;
import sluice.track.tenant.Credentials;
import sluice.track.tenant.SecretKind;
import sluice.track.tenant.SecretRotation;
import sluice.track.tenant.TenantSetup;

/** The commands that change a key or a secret while Sluice runs. */
final class KeyCommands {
    /** Time for every ingress to learn of a new token key before one signs with it. */
    private static final Duration HEAD_START = Duration.ofSeconds(5);

    private final NodeSettings settings;
    private final TrackSettings track;
    private final List<String> arguments;

    /** @param arguments those of the command line, after the command */
    KeyCommands(NodeSettings settings, TrackSettings track, List<String> arguments) {
        this.settings = settings;
        this.track = track;
        this.arguments = List.copyOf(arguments);
    }

    void rotateTokenKey() throws IOException, InterruptedException, TimeoutException {
        try (var node = Node.join(settings, step -> {})) {
            var setup = new TenantSetup(
                    node.configuration(), node.sealing(), InstantSource.system(), author("rotate-token-key"));
            System.out.printf(
                    "Token key %s signs tokens in %d s from now; tokens signed with older ones stay good until they expire.%n",
                    setup.addTokenKey(HEAD_START), HEAD_START.toSeconds());
        }
    }

    void rotateSessionKey() throws IOException, InterruptedException, TimeoutException {
        try (var node = Node.join(settings, step -> {})) {
            var setup = new SessionKeySetup(
                    node.configuration(), node.sealing(), InstantSource.system(), author("rotate-session-key"));
            var headStart = SessionKeySetup.HEAD_START;
            System.out.printf(
                    "Session key %s is published now and signs access tokens in %d min from now; older ones are retired once nothing that they signed is good.%n",
                    setup.rotate(headStart), headStart.toMinutes());
        }
    }

    /** Prints the new secret to standard output, this once, and what becomes of the older one to standard error. */
    void rotateSecret() throws IOException, InterruptedException, TimeoutException {
        var kind = kind("rotate-secret");
        var overlap = overlap();
        try (var node = Node.join(settings, step -> {})) {
            var added = rotation(node, "rotate-secret").add(tenantId(), kind, overlap);
            System.out.println(kind.setting() + "=" + added.secret());
            System.err.printf(
                    "The new %s secret is good now, at every ingress. %s%n",
                    kind.text(),
                    added.olderRetiresAt()
                            .map(at -> "The older one is too, until %s, or until ./sluice retire-secret %s."
                                    .formatted(at, kind.text()))
                            .orElse("There is no older one."));
            System.err.println(
                    Credentials.replace(track, settings.dataDirectory(), kind, added.secret())
                            ? "It is in the data directory's credentials; other data directories keep the older one."
                            : "It is kept nowhere: set " + kind.setting() + " to it before an ingress starts anew.");
        }
    }

    void retireSecret() throws IOException, InterruptedException, TimeoutException {
        var kind = kind("retire-secret");
        try (var node = Node.join(settings, step -> {})) {
            var retired = rotation(node, "retire-secret").retireOlder(tenantId(), kind);
            System.out.println(
                    retired.isEmpty()
                            ? "There is one %s secret; it stays.".formatted(kind.text())
                            : "Retired: %s secret %s.".formatted(kind.text(), String.join(", ", retired)));
        }
    }

    /** Lists the secrets by what they are called, never by what they are. */
    void secrets() throws IOException, InterruptedException, TimeoutException {
        try (var node = Node.join(settings, step -> {})) {
            for (var kind : SecretKind.values()) {
                rotation(node, "secrets")
                        .secrets(tenantId(), kind)
                        .keys()
                        .forEach(key -> System.out.println(kind.text() + " " + line(key)));
            }
        }
    }

    private static String line(SecretKey key) {
        var added = key.createdAt().map(at -> ", added " + at).orElse("");
        var until = key.retiresAt()
                .map(at -> (key.isGood(InstantSource.system().instant()) ? ", good until " : ", retired ") + at)
                .orElse(", good");
        return key.id() + added + until;
    }

    /** Adds a key to the keyset and lets it seal: both at once where all processes share the data directory. */
    void rotateKeyset() throws IOException, InterruptedException {
        var dataDirectory = settings.dataDirectory();
        Keyset.openExisting(dataDirectory);
        switch (String.join(" ", arguments)) {
            case "add" -> added(Keyset.add(dataDirectory));
            case "seal" -> seals(Keyset.seal(dataDirectory));
            case "" -> {
                added(Keyset.add(dataDirectory));
                Thread.sleep(KeysetFollower.TAKEN_AFTER.toMillis());
                seals(Keyset.seal(dataDirectory));
            }
            default ->
                throw CommandFailedException.asked(
                        "rotate-keyset: with 'add', then 'seal' once every process has the key; or with nothing, for both.");
        }
    }

    private static void added(int keyId) {
        System.out.printf(
                "Key %s is in keyset.json and opens; processes of this data directory have it within %d s. Copy the file to the other machines before it seals.%n",
                Keyset.named(keyId), KeysetFollower.TAKEN_AFTER.toSeconds());
    }

    private static void seals(int keyId) {
        System.out.printf(
                "Key %s seals from now on; the older ones stay and open what they have sealed. Copy the file to the other machines, and to where you keep it.%n",
                Keyset.named(keyId));
    }

    private static SecretRotation rotation(Node node, String command) {
        return new SecretRotation(node.configuration(), node.sealing(), InstantSource.system(), author(command));
    }

    private static Author author(String command) {
        return Author.commandLine(command, UUID.randomUUID().toString());
    }

    private String tenantId() throws IOException {
        return Credentials.of(track, settings.dataDirectory()).tenantId();
    }

    private SecretKind kind(String command) {
        var named = arguments.stream().findFirst();
        return Arrays.stream(SecretKind.values())
                .filter(kind -> named.filter(kind.text()::equals).isPresent())
                .findFirst()
                .orElseThrow(() -> CommandFailedException.asked(command + ": say of which, "
                        + Arrays.stream(SecretKind.values())
                                .map(SecretKind::text)
                                .collect(Collectors.joining(" or "))
                        + "."));
    }

    /** How long the older secret stays good: {@code --overlap}, an ISO duration. */
    private Duration overlap() {
        if (arguments.size() == 1) return SecretRotation.OVERLAP;
        try {
            var overlap = Duration.parse(arguments.get(arguments.size() - 1));
            if (arguments.size() == 3 && arguments.get(1).equals("--overlap") && !overlap.isNegative()) return overlap;
        } catch (DateTimeParseException e) {
            // asked for below
        }
        throw CommandFailedException.asked("rotate-secret: --overlap takes a duration, such as P7D or PT1H.");
    }
}
