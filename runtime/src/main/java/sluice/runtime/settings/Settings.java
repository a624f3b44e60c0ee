package sluice.runtime.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Reads settings and remembers every fault, so that an operator sees all of them at once. A setting comes from the
 * environment, else from the file that {@code SLUICE_CONFIG_FILE} names (a properties file with the same names), else
 * it has its default. What is read is also what is documented: {@code ./sluice settings} prints it.
 */
public final class Settings {
    /** Names the file of settings. */
    public static final String CONFIG_FILE = "SLUICE_CONFIG_FILE";

    /** A password in a URL, which no message may show. */
    private static final Pattern USER_INFO = Pattern.compile("//[^/@]*@");

    private final Map<String, String> values;
    private final Map<String, String> file;
    private final List<String> faults = new ArrayList<>();
    private final Map<String, Documented> documented = new LinkedHashMap<>();

    /** What is known of a setting for its reader. */
    public record Documented(String name, String fallback, String expectation, String meaning) {}

    public Settings(Map<String, String> environment) {
        this.file = fileOf(environment);
        this.values = new HashMap<>(file);
        values.putAll(environment);
        documented.put(
                CONFIG_FILE,
                new Documented(
                        CONFIG_FILE, "", "a path", "file of settings, a line each: NAME=value; the environment wins"));
    }

    private Map<String, String> fileOf(Map<String, String> environment) {
        var path = environment.get(CONFIG_FILE);
        if (path == null || path.isEmpty()) return Map.of();
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(Path.of(path))) {
            properties.load(reader);
        } catch (IOException e) {
            faults.add("%s: can't read '%s'".formatted(CONFIG_FILE, path));
        }
        var read = new TreeMap<String, String>();
        properties.forEach((name, value) -> read.put(name.toString(), value.toString()));
        return read;
    }

    /**
     * Reads one setting; an empty value counts as unset.
     *
     * @param expectation completes the sentence "expected …"
     * @return the value; empty only if it was refused, and then {@link #refuseIfAnyIsWrong} throws
     */
    public <T> Optional<T> read(
            String name,
            String fallback,
            String expectation,
            String meaning,
            Function<String, T> parse,
            Predicate<T> isGood) {
        documented.put(name, new Documented(name, fallback, expectation, meaning));
        var text = values.getOrDefault(name, "").isEmpty() ? fallback : values.getOrDefault(name, "");
        try {
            var value = parse.apply(text);
            if (isGood.test(value)) return Optional.of(value);
        } catch (RuntimeException e) {
            // refused below, with what was expected: the parser's own words would help nobody
        }
        faults.add("%s: expected %s, was '%s'"
                .formatted(name, expectation, USER_INFO.matcher(text).replaceAll("//***@")));
        return Optional.empty();
    }

    /** Reads a whole number between two bounds. */
    public Optional<Integer> number(String name, int fallback, int least, int most, String meaning) {
        var expectation = "a whole number, %d to %d".formatted(least, most);
        return read(
                name, String.valueOf(fallback), expectation, meaning, Integer::parseInt, n -> n >= least && n <= most);
    }

    /** Reads a text that may be anything but must match a pattern. */
    public Optional<String> text(String name, String fallback, String pattern, String expectation, String meaning) {
        return read(name, fallback, expectation, meaning, text -> text, text -> text.matches(pattern));
    }

    /**
     * Reads a secret: its value is shown nowhere.
     *
     * @param lengthMin characters it must have at least, if it is set
     * @return the secret, empty if it is unset or refused
     */
    public Optional<String> secret(String name, int lengthMin, String meaning) {
        documented.put(
                name, new Documented(name, "", "a secret of %d characters or more".formatted(lengthMin), meaning));
        var text = values.getOrDefault(name, "");
        if (text.isEmpty()) return Optional.empty();
        if (text.length() >= lengthMin) return Optional.of(text);
        faults.add("%s: expected a secret of %d characters or more".formatted(name, lengthMin));
        return Optional.empty();
    }

    /**
     * Notes a fault that only its reader could see.
     *
     * @param fault what is wrong, without any secret
     */
    public void refuse(String name, String fault) {
        faults.add(name + ": " + fault);
    }

    /** Whether a setting was given, be it a good one or not. */
    public boolean isSet(String name) {
        return !values.getOrDefault(name, "").isEmpty();
    }

    /**
     * Ends the reading.
     *
     * @throws RefusedSettingsException naming every setting that is wrong, and every name in the file that nothing reads
     */
    public void refuseIfAnyIsWrong() {
        if (!faults.isEmpty()) throw new RefusedSettingsException(List.copyOf(faults));
    }

    /** Refuses names in the file that nothing has read; called when everything has been. */
    public void refuseUnknownNames() {
        file.keySet().stream()
                .filter(name -> !documented.containsKey(name))
                .forEach(name -> faults.add("%s: no such setting, in the file of %s".formatted(name, CONFIG_FILE)));
        refuseIfAnyIsWrong();
    }

    /** Everything that was read, in the order of reading. */
    public List<Documented> documented() {
        return List.copyOf(documented.values());
    }
}
