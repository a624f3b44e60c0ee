package sluice.schemas.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaFormatter;
import sluice.schemas.Action;
import sluice.schemas.ActionQuery;
import sluice.schemas.Actions;
import sluice.schemas.AggregateQuery;
import sluice.schemas.AuditCheckpoint;
import sluice.schemas.AuthenticatorQuery;
import sluice.schemas.AuthenticatorView;
import sluice.schemas.BacktestQuery;
import sluice.schemas.BacktestView;
import sluice.schemas.ChallengeTransition;
import sluice.schemas.ConfigurationChange;
import sluice.schemas.Decision;
import sluice.schemas.EpochKey;
import sluice.schemas.Explanation;
import sluice.schemas.FoundUsers;
import sluice.schemas.History;
import sluice.schemas.OutcomeAggregate;
import sluice.schemas.OutcomeAggregates;
import sluice.schemas.Owner;
import sluice.schemas.Passkey;
import sluice.schemas.PersonalKey;
import sluice.schemas.Profile;
import sluice.schemas.RecoveryHashes;
import sluice.schemas.RefreshToken;
import sluice.schemas.Reply;
import sluice.schemas.Signal;
import sluice.schemas.SignalCounts;
import sluice.schemas.SignalObservation;
import sluice.schemas.Throttle;
import sluice.schemas.TrackAttributes;
import sluice.schemas.TrackEvent;
import sluice.schemas.User;
import sluice.schemas.UserChange;
import sluice.schemas.UserCommand;
import sluice.schemas.UserLookup;
import sluice.schemas.UserUpdate;
import sluice.schemas.UserView;
import sluice.schemas.Verification;
import sluice.schemas.VerifyEvent;
import sluice.schemas.wire.ReleasedSchemas.Release;

/** Releases the schemas that changed: {@code ./sluice release-schemas}. A release gets the next free id, for good. */
final class SchemaRelease {
    static final List<Schema> WRITTEN = List.of(
            TrackEvent.SCHEMA$,
            VerifyEvent.SCHEMA$,
            UserCommand.SCHEMA$,
            Decision.SCHEMA$,
            Verification.SCHEMA$,
            UserChange.SCHEMA$,
            ChallengeTransition.SCHEMA$,
            Reply.SCHEMA$,
            ConfigurationChange.SCHEMA$,
            Owner.SCHEMA$,
            TrackAttributes.SCHEMA$,
            Profile.SCHEMA$,
            User.SCHEMA$,
            UserView.SCHEMA$,
            Action.SCHEMA$,
            ActionQuery.SCHEMA$,
            Actions.SCHEMA$,
            UserUpdate.SCHEMA$,
            UserLookup.SCHEMA$,
            FoundUsers.SCHEMA$,
            History.SCHEMA$,
            RecoveryHashes.SCHEMA$,
            AuthenticatorQuery.SCHEMA$,
            AuthenticatorView.SCHEMA$,
            RefreshToken.SCHEMA$,
            Passkey.SCHEMA$,
            Explanation.SCHEMA$,
            SignalObservation.SCHEMA$,
            Signal.SCHEMA$,
            SignalCounts.SCHEMA$,
            BacktestQuery.SCHEMA$,
            AuditCheckpoint.SCHEMA$,
            OutcomeAggregate.SCHEMA$,
            AggregateQuery.SCHEMA$,
            OutcomeAggregates.SCHEMA$,
            BacktestView.SCHEMA$,
            Throttle.SCHEMA$,
            EpochKey.SCHEMA$,
            PersonalKey.SCHEMA$);

    private SchemaRelease() {}

    static Map<String, Release> newest(Collection<Release> releases) {
        return releases.stream().collect(Collectors.toMap(Release::name, release -> release, (older, newer) -> newer));
    }

    /**
     * Refuses a change after which some release could not read what it writes, or it what some release wrote
     * (FULL_TRANSITIVE).
     *
     * @throws IllegalStateException naming the release, and the place in the schema
     */
    static void refuseIncompatible(Schema schema, Collection<Release> releases) {
        for (var release : releases) {
            if (!release.name().equals(schema.getName())) continue;
            requireReads(schema, release.schema(), "the new %s can't read version %d", release);
            requireReads(release.schema(), schema, "version %2$d can't read the new %1$s", release);
        }
    }

    private static void requireReads(Schema reader, Schema writer, String sentence, Release release) {
        var result = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getResult();
        if (result.getCompatibility() == SchemaCompatibilityType.COMPATIBLE) return;
        throw new IllegalStateException(
                sentence.formatted(release.name(), release.version()) + ": " + result.getIncompatibilities());
    }

    /** @param arguments the folder of released schemas */
    public static void main(String[] arguments) throws IOException {
        var folder = Path.of(arguments[0]);
        var index = folder.resolve("index");
        var releases = Files.exists(index) ? ReleasedSchemas.load().releases() : List.<Release>of();
        var newest = newest(releases);
        var id = releases.stream().mapToInt(Release::id).max().orElse(0);
        for (var schema : WRITTEN) {
            var before = newest.get(schema.getName());
            if (before != null && before.schema().equals(schema)) continue;
            refuseIncompatible(schema, releases);
            var version = before == null ? 1 : before.version() + 1;
            id++;
            Files.writeString(
                    folder.resolve(schema.getName() + "-" + version + ".avsc"),
                    SchemaFormatter.format("json/pretty", schema) + "\n");
            Files.writeString(
                    index,
                    "%d %s %d%n".formatted(id, schema.getName(), version),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
    }
}
