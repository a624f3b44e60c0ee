package sluice.fuzz;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Inputs that once broke something, and those that runs begin with: none breaks anything now. */
class KnownInputsTest {
    private static final Path INPUTS = Path.of("src/test/resources/sluice/fuzz");

    static Stream<Arguments> known() throws IOException {
        var known = new ArrayList<Arguments>();
        for (var target : Target.values()) {
            for (var file : files(target))
                known.add(Arguments.of(target, file.getFileName().toString()));
        }
        return known.stream();
    }

    private static List<Path> files(Target target) throws IOException {
        try (var files = Files.list(INPUTS.resolve(target.label()))) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("known")
    @Timeout(value = 60, unit = SECONDS)
    void givenAKnownInput_whenItComesAgain_thenNothingBreaks(Target target, String file) throws Exception {
        target.feed(Files.readAllBytes(INPUTS.resolve(target.label()).resolve(file)));
    }

    @ParameterizedTest
    @EnumSource
    void givenATarget_whenItsInputsAreListed_thenThereAreSome(Target target) throws IOException {
        assertThat(files(target)).isNotEmpty();
    }
}
