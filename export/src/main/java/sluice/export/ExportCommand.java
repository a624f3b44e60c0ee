package sluice.export;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import sluice.deploy.ApartCommand;
import sluice.deploy.Arguments;
import sluice.deploy.CommandFailedException;
import sluice.deploy.LogAccess;
import sluice.deploy.ReadProgress;
import sluice.runtime.NodeSettings;
import sluice.schemas.topic.Topic;
import sluice.schemas.topic.Topics;
import sluice.track.TrackSettings;

/** {@code ./sluice export}: outcomes of a time as Parquet files (docs/export.md). Changes nothing on the log. */
public final class ExportCommand implements ApartCommand {
    private static final Map<String, Function<Topics, Topic<?>>> EXPORTED = Map.of(
            "decisions", topics -> topics.decisions,
            "verifications", topics -> topics.verifications,
            "user-changes", topics -> topics.userChanges,
            "challenge-transitions", topics -> topics.challengeTransitions);

    @Override
    public String name() {
        return "export";
    }

    @Override
    public void run(NodeSettings settings, TrackSettings track, List<String> told)
            throws IOException, InterruptedException {
        var arguments = Arguments.of(
                name(),
                told,
                Set.of("--folder", "--from", "--to", "--topic", "--tenant", "--out"),
                Set.of("--distinct"));
        var name = arguments.required("--topic");
        var topic = EXPORTED.get(name);
        if (topic == null) {
            throw arguments.refused("--topic: expected one of %s, was '%s'."
                    .formatted(
                            String.join(
                                    ", ", EXPORTED.keySet().stream().sorted().toList()),
                            name));
        }
        var wanted = new Export.Wanted(
                arguments.time("--from"),
                arguments.time("--to"),
                arguments.text("--tenant"),
                arguments.has("--distinct"));
        var log = LogAccess.of(settings);
        log.require(name(), topics -> List.of(topic.apply(topics)));
        var folder = Path.of(arguments.text("--folder").orElse(""))
                .resolve(arguments.text("--out").orElse("export"))
                .resolve(name);
        var progress = new ReadProgress();
        try {
            var done = new Export(log.kafka(), topic.apply(log.topics()), wanted).run(folder, progress);
            progress.finished("%,d rows written, %,d left out as repeated, %,d unreadable"
                    .formatted(done.rows(), done.repeated(), done.unreadable()));
            done.files().forEach(System.out::println);
        } catch (FileAlreadyExistsException e) {
            throw new CommandFailedException(
                    "There is %s already: name another folder with --out, or remove it.".formatted(e.getMessage()));
        }
    }
}
