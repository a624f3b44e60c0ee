package sluice.deploy;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeoutException;
import sluice.runtime.Node;
import sluice.runtime.NodeSettings;
import sluice.runtime.seal.Keyset;
import sluice.runtime.seal.KeysetFollower;
import sluice.track.session.SessionKeySetup;
import sluice.track.tenant.TenantSetup;

/** The commands that change a key while Sluice runs. */
final class KeyCommands {
    /** Time for every ingress to learn of a new token key before one signs with it. */
    private static final Duration HEAD_START = Duration.ofSeconds(5);

    private final NodeSettings settings;
    private final List<String> arguments;

    /** @param arguments those of the command line, after the command */
    KeyCommands(NodeSettings settings, List<String> arguments) {
        this.settings = settings;
        this.arguments = List.copyOf(arguments);
    }

    void rotateTokenKey() throws IOException, InterruptedException, TimeoutException {
        try (var node = Node.join(settings, step -> {})) {
            var setup = new TenantSetup(node.configuration(), node.sealing(), InstantSource.system());
            System.out.printf(
                    "Token key %s signs tokens in %d s from now; tokens signed with older ones stay good until they expire.%n",
                    setup.addTokenKey(HEAD_START), HEAD_START.toSeconds());
        }
    }

    void rotateSessionKey() throws IOException, InterruptedException, TimeoutException {
        try (var node = Node.join(settings, step -> {})) {
            var setup = new SessionKeySetup(node.configuration(), node.sealing(), InstantSource.system());
            var headStart = SessionKeySetup.HEAD_START;
            System.out.printf(
                    "Session key %s is published now and signs access tokens in %d min from now; older ones are retired once nothing that they signed is good.%n",
                    setup.rotate(headStart), headStart.toMinutes());
        }
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
}
