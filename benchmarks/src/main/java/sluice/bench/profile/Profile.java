package sluice.bench.profile;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/** Where a process's time went: samples of running threads, by thread, by what they did, by whose code asked for it. */
public final class Profile {
    private static final int TOP = 20;
    private static final double PERCENT = 100;

    private final Map<String, Integer> threads = new HashMap<>();
    private final Map<String, Integer> leaves = new HashMap<>();
    private final Map<String, Integer> ours = new HashMap<>();
    private final Map<String, Integer> oursWithCalled = new HashMap<>();
    private int samples;

    private Profile() {}

    /** Reads a flight recording. */
    public static Profile of(Path recording) throws IOException {
        var profile = new Profile();
        try (var file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                var event = file.readEvent();
                if (event.getEventType().getName().equals("jdk.ExecutionSample")) profile.add(event);
            }
        }
        return profile;
    }

    private void add(RecordedEvent sample) {
        var stack = sample.getStackTrace();
        if (stack == null || stack.getFrames().isEmpty()) return;
        samples++;
        var thread = sample.getThread("sampledThread");
        count(threads, thread == null ? "?" : kind(String.valueOf(thread.getJavaName())));
        count(leaves, method(stack.getFrames().get(0)));
        var own = stack.getFrames().stream()
                .filter(Profile::isOurs)
                .map(Profile::method)
                .toList();
        own.stream().findFirst().ifPresent(frame -> count(ours, frame));
        own.stream().distinct().forEach(frame -> count(oursWithCalled, frame));
    }

    /** Threads that differ in their numbers are of one kind. */
    static String kind(String thread) {
        return thread.replaceAll("[0-9a-f]{8}-[0-9a-f-]{27,}", "")
                .replaceAll("\\d+", "#")
                .replaceAll("-+", "-");
    }

    private static boolean isOurs(RecordedFrame frame) {
        return frame.getMethod().getType().getName().startsWith("sluice.");
    }

    private static String method(RecordedFrame frame) {
        var type = frame.getMethod().getType().getName();
        return type.substring(type.lastIndexOf('.') + 1) + "."
                + frame.getMethod().getName();
    }

    private static void count(Map<String, Integer> counts, String what) {
        counts.merge(what, 1, Integer::sum);
    }

    /** A few lines on each. */
    public String summary() {
        return samples + " samples\n" + table("threads", threads) + table("Sluice's own code, alone", ours)
                + table("Sluice's own code, with what it calls", oursWithCalled)
                + table("all code", leaves);
    }

    private String table(String title, Map<String, Integer> counts) {
        Function<Map.Entry<String, Integer>, String> row = each ->
                String.format(Locale.ROOT, "  %5.1f %%  %s", PERCENT * each.getValue() / samples, each.getKey());
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(TOP)
                .map(row)
                .collect(Collectors.joining("\n", title + ":\n", "\n"));
    }
}
