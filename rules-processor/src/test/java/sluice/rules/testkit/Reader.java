package sluice.rules.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import sluice.rules.domain.Decision;
import sluice.rules.domain.Signals;
import sluice.schemas.ActionOutcome;

/** Tracks actions with a rule in shadow that reads data points, and tells what it saw. */
public final class Reader {
    private static final Pattern VALUE =
            Pattern.compile("Value\\[name=([^,]+), value=Optional(?:\\.empty|\\[(.*?)])](?=[,\\]])");

    private final Acme acme;
    private final Story story;

    public Reader(Acme acme, Story story) {
        this.acme = acme;
        this.story = story;
    }

    /** What data points were at a new action of a code; an unknown one is {@code null}. */
    public Map<String, String> read(String actionCode, Signals signals, String... names) {
        reads(actionCode, names);
        return seen(story.track(actionCode, signals));
    }

    /** Lets actions of a code read data points. */
    public void reads(String actionCode, String... names) {
        var quoted = Arrays.stream(names).map(name -> "'" + name + "'").collect(Collectors.joining(","));
        acme.rule(
                actionCode,
                "reader",
                Acme.rule(0, ActionOutcome.BLOCK, "{'missing':[" + quoted + "]}")
                        .withIsShadow(true));
    }

    /** What the decision's rules saw. */
    public static Map<String, String> seen(Decision decision) {
        var values = new HashMap<String, String>();
        var found =
                VALUE.matcher(new String(decision.explanation().orElseThrow().bytes(), UTF_8));
        while (found.find()) values.put(found.group(1), String.valueOf(found.group(2)));
        return values;
    }
}
