package sluice.challenge.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.challenge.testkit.Driver;

/** A changed topology meets state that the old one has left: names of stores and sub-topologies are for ever. */
class TopologyPictureTest {
    private static final Path PICTURE = Path.of("src/test/resources/topology.txt");
    private static final String UPDATE = "topology.update";

    @TempDir
    private Path folder;

    @Test
    void givenDeployedState_whenTheTopologyIsBuilt_thenItIsTheOneThatWasThoughtAbout() throws IOException {
        try (var driver = new Driver(folder)) {
            if (Boolean.getBoolean(UPDATE)) Files.writeString(PICTURE, driver.picture(), UTF_8);

            assertThat(driver.picture())
                    .as("What becomes of the stores and changelogs that are deployed? Once that is answered:"
                            + " mvn -pl challenge-service test -Dtest=TopologyPictureTest -D" + UPDATE + "=true")
                    .isEqualTo(Files.readString(PICTURE, UTF_8));
        }
    }
}
