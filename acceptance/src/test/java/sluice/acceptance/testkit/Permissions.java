package sluice.acceptance.testkit;

import static org.apache.kafka.common.acl.AclOperation.fromString;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** The permissions that docs/operators.md tells to give, read from its table: what is documented is what is tried. */
public final class Permissions {
    private static final Path DOCUMENT = Path.of("..", "docs", "operators.md");
    private static final String HEADING = "| login | kind | names | may |";

    private Permissions() {}

    /** Every login that the table has. */
    public static List<String> logins() throws IOException {
        return rows().map(row -> row[0]).distinct().toList();
    }

    /** The permissions of every login, for an installation whose names start with the prefix. */
    public static List<AclBinding> of(String prefix) throws IOException {
        return rows().flatMap(row -> bindings(row, prefix)).toList();
    }

    private static Stream<AclBinding> bindings(String[] row, String prefix) {
        var kind = ResourceType.fromString(row[1].replace(' ', '_').toUpperCase(Locale.ROOT));
        return items(row[2])
                .map(name -> resource(kind, name.replaceFirst("^sluice\\.", prefix)))
                .flatMap(resource -> items(row[3])
                        .map(operation -> new AclBinding(
                                resource,
                                new AccessControlEntry(
                                        "User:" + row[0], "*", fromString(operation), AclPermissionType.ALLOW))));
    }

    private static ResourcePattern resource(ResourceType kind, String name) {
        return name.endsWith("*")
                ? new ResourcePattern(kind, name.substring(0, name.length() - 1), PatternType.PREFIXED)
                : new ResourcePattern(kind, name, PatternType.LITERAL);
    }

    private static Stream<String[]> rows() throws IOException {
        return Files.readAllLines(DOCUMENT).stream()
                .dropWhile(line -> !line.equals(HEADING))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> Arrays.stream(line.substring(1).split("\\|"))
                        .map(cell -> cell.strip().replace("`", ""))
                        .toArray(String[]::new));
    }

    private static Stream<String> items(String cell) {
        return Arrays.stream(cell.split(",")).map(String::strip);
    }
}
