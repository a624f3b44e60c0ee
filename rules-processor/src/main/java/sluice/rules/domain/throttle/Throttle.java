package sluice.rules.domain.throttle;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import sluice.rules.domain.ActionKey;

/**
 * How often a user may be tried, and whose failures count against whom (ADR 24). Devices that an answer was right on
 * have a budget each; all others, <em>strangers</em>, share one. So strangers lock out strangers, whatever they do
 * (E12). A right answer clears the failures of its own device or network alone (S6). Of a user's failures that nothing
 * has cleared there are never more than {@value #FAILURES_MAX} (S4, NIST SP 800-63B).
 *
 * @param strangers how fast all may try who come with no known device
 * @param failures theirs, by network
 * @param devices known ones, the latest verified on last
 * @param origins of the latest actions
 */
@RecordBuilder
public record Throttle(Pace strangers, List<NetworkFailures> failures, List<KnownDevice> devices, List<Origin> origins)
        implements ThrottleBuilder.With {
    /** Nothing was tried yet. */
    public static final Throttle FRESH = new Throttle(Pace.FRESH, List.of(), List.of(), List.of());

    /** The end of time, as far as a lock is concerned: the last instant that every reader of the log can hold. */
    public static final Instant FOR_GOOD = Instant.parse("9999-12-31T23:59:59Z");

    /** Attempts that are looked at in a window, of each device and of all strangers. */
    public static final int ATTEMPTS_MAX = Pace.ATTEMPTS_MAX;

    public static final Duration ATTEMPTS_WINDOW = Pace.ATTEMPTS_WINDOW;

    /** Each so many failures of strangers, or of a device, are a lock: longer each time. */
    public static final int FAILURES_PER_LOCK = 20;

    /** Failures of strangers that lock them out for good: what is left is the known devices'. */
    public static final int STRANGERS_FAILURES_MAX = 80;

    /** Failures of strangers and devices together that lock out everybody for good. */
    public static final int FAILURES_MAX = 100;

    public static final Duration FIRST_LOCK = Duration.ofMinutes(15);

    static final int DEVICES_MAX = 8;
    static final int NETWORKS_MAX = 16;
    static final int ORIGINS_MAX = 32;

    /** A right answer forgets failures elsewhere that are older: mistakes of the user's own, on their way. */
    static final Duration FAILURES_AGE = Duration.ofDays(90);

    public Throttle {
        failures = List.copyOf(failures);
        devices = List.copyOf(devices);
        origins = List.copyOf(origins);
    }

    /** An action came from there. */
    public Throttle came(ActionKey action, Source source) {
        var after = new ArrayList<>(origins);
        after.removeIf(origin -> origin.action().equals(action));
        after.add(new Origin(action, source));
        if (after.size() > ORIGINS_MAX) {
            after.remove(after.stream()
                    .filter(origin -> device(origin.source()).isEmpty())
                    .findFirst()
                    .orElse(after.get(0)));
        }
        return withOrigins(after);
    }

    /** Without the origins of actions that nobody can answer any more. */
    public Throttle forgetting(Predicate<ActionKey> isGone) {
        return origins.stream().anyMatch(origin -> isGone.test(origin.action()))
                ? withOrigins(origins.stream()
                        .filter(origin -> !isGone.test(origin.action()))
                        .toList())
                : this;
    }

    /** Whether the action came from a known device. */
    public boolean isOfKnownDevice(ActionKey action) {
        return device(source(action)).isPresent();
    }

    /** When another answer to the action's challenge will be looked at; empty: now. */
    public Optional<Instant> retryAt(ActionKey action, Instant at) {
        return pace(action).retryAt(at);
    }

    /** Until when whoever answers it is locked out; empty if they are not. */
    public Optional<Instant> lockedUntil(ActionKey action, Instant at) {
        return outstanding() >= FAILURES_MAX
                ? Optional.of(FOR_GOOD)
                : pace(action).lockedUntil(at);
    }

    /** One more attempt, whatever comes of it. */
    public Throttle attempted(ActionKey action, Instant at) {
        return device(source(action))
                .map(device -> with(device.attempted(at)))
                .orElseGet(() -> withStrangers(strangers.attempted(at)));
    }

    /** The answer was wrong. */
    public Throttle failed(ActionKey action, Instant at) {
        var source = source(action);
        return device(source).map(device -> failed(device, at)).orElseGet(() -> failed(source.network(), at));
    }

    private Throttle failed(KnownDevice device, Instant at) {
        var failures = device.failures() + 1;
        return with(device.failed(slower(device.pace(), failures, FAILURES_MAX, at)));
    }

    private Throttle failed(String network, Instant at) {
        var after = counted(failures, network, 1, at);
        return withFailures(after).withStrangers(slower(strangers, total(after), STRANGERS_FAILURES_MAX, at));
    }

    private static Pace slower(Pace pace, int failures, int max, Instant at) {
        if (failures >= max) return pace.locked(FOR_GOOD);
        return failures % FAILURES_PER_LOCK == 0
                ? pace.locked(at.plus(FIRST_LOCK.multipliedBy(1L << (failures / FAILURES_PER_LOCK - 1))))
                : pace;
    }

    /** The answer was right: the device it came from is known from now on. */
    public Throttle succeeded(ActionKey action, Instant at) {
        var source = source(action);
        var isKnown = device(source).isPresent();
        var after = forgotten(network -> network.lastAt().isBefore(at.minus(FAILURES_AGE)))
                .forgotten(network -> !isKnown && network.network().equals(source.network()));
        return source.device().map(device -> after.knowing(device, at)).orElse(after);
    }

    private Throttle forgotten(Predicate<NetworkFailures> isOver) {
        return withFailures(failures.stream().filter(each -> !isOver.test(each)).toList());
    }

    /** Beyond the limit the longest unused device is a stranger again, and so are its failures. */
    private Throttle knowing(String device, Instant at) {
        var known = devices.stream()
                .filter(each -> each.device().equals(device))
                .findFirst()
                .orElse(new KnownDevice(device, at, 0, Pace.FRESH));
        var after = new ArrayList<>(devices);
        after.remove(known);
        after.add(known.succeeded(at));
        if (after.size() <= DEVICES_MAX) return withDevices(after);
        var leaves = after.remove(0);
        return withDevices(after)
                .withFailures(
                        leaves.failures() == 0
                                ? failures
                                : counted(failures, NetworkFailures.OTHERS, leaves.failures(), at));
    }

    /** No failure counts any more, and no device is known; attempts of strangers in the last minutes still count. */
    public Throttle unlocked() {
        return withStrangers(strangers.unlocked()).withFailures(List.of()).withDevices(List.of());
    }

    /** Failures that nothing has cleared. */
    public int outstanding() {
        return strangersFailures()
                + devices.stream().mapToInt(KnownDevice::failures).sum();
    }

    /** Those of them that are strangers'. */
    public int strangersFailures() {
        return total(failures);
    }

    private static int total(List<NetworkFailures> failures) {
        return failures.stream().mapToInt(NetworkFailures::count).sum();
    }

    /** Beyond the limit the longest quiet networks are told apart no more; how many failed there still counts. */
    private static List<NetworkFailures> counted(List<NetworkFailures> before, String network, int more, Instant at) {
        var after = new ArrayList<>(before);
        var isThere = before.stream().anyMatch(each -> each.network().equals(network));
        UnaryOperator<NetworkFailures> count = each -> each.network().equals(network) ? each.and(more, at) : each;
        if (isThere) after.replaceAll(count);
        else after.add(new NetworkFailures(network, more, at));
        if (after.size() <= NETWORKS_MAX) return after;
        var quiet = after.stream()
                .filter(each -> !each.network().equals(NetworkFailures.OTHERS))
                .min(Comparator.comparing(NetworkFailures::lastAt))
                .orElseThrow();
        after.remove(quiet);
        return counted(after, NetworkFailures.OTHERS, quiet.count(), quiet.lastAt());
    }

    private Pace pace(ActionKey action) {
        return device(source(action)).map(KnownDevice::pace).orElse(strangers);
    }

    private Source source(ActionKey action) {
        return origins.stream()
                .filter(origin -> origin.action().equals(action))
                .map(Origin::source)
                .findFirst()
                .orElse(Source.UNKNOWN);
    }

    private Optional<KnownDevice> device(Source source) {
        return source.device().flatMap(device -> devices.stream()
                .filter(each -> each.device().equals(device))
                .findFirst());
    }

    private Throttle with(KnownDevice changed) {
        return withDevices(devices.stream()
                .map(each -> each.device().equals(changed.device()) ? changed : each)
                .toList());
    }
}
