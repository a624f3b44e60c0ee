package sluice.bench.system;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import sluice.rule.CountedDataPoint;
import sluice.rule.DataPoint;
import sluice.rule.Variable;

/** Rules of an action that read what there is and match nothing, so that each is evaluated to its end. */
final class Rules {
    private Rules() {}

    /**
     * Sets an action up: it challenges, and has rules.
     *
     * @param rules how many
     * @param reads data points that each rule reads; a rule begins where the one before it ended
     */
    static void setUp(InetSocketAddress sluice, String action, int rules, int reads) throws IOException {
        Calls.one(
                sluice,
                Tenant.manage(
                        "action-configurations",
                        "{\"actionCode\":\"" + action + "\",\"defaultUserActionResult\":\"CHALLENGE\"}"));
        var points = new ArrayList<Variable>(Arrays.asList(DataPoint.values()));
        points.addAll(CountedDataPoint.all());
        for (var rule = 0; rule < rules; rule++) {
            Collections.rotate(points, -reads);
            Calls.one(
                    sluice,
                    Tenant.manage("action-configurations/" + action + "/rules", rule(rule, points.subList(0, reads))));
        }
    }

    private static String rule(int priority, List<Variable> reads) {
        var conditions = reads.stream()
                .map(point -> "{\"or\":[{\"var\":\"" + point.label() + "\"},true]}")
                .collect(Collectors.joining(",", "{\"and\":[", ",false]}"));
        return String.format(
                Locale.ROOT,
                "{\"name\":\"rule-%d\",\"isActive\":true,\"priority\":%d,\"type\":\"BLOCK\",\"conditions\":%s}",
                priority,
                priority,
                conditions);
    }
}
