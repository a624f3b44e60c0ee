package sluice.track.http.ui;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UiFilesTest {
    private final UiFiles files = new UiFiles();

    @Test
    void givenAFileOfThePage_whenAskedFor_thenItComesWithItsTypeAndTag() {
        var file = files.file("page.js").orElseThrow();

        assertThat(file.contentType()).isEqualTo("text/javascript; charset=utf-8");
        assertThat(file.entityTag()).matches("\"[0-9a-f]{32}\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "page.html",
                "screens/success.html",
                "UiFiles.class",
                "../ui/page.js",
                "/page.js",
                "",
                "keyset.json"
            })
    void givenAnyOtherName_whenAskedFor_thenThereIsNone(String name) {
        assertThat(files.file(name)).isEmpty();
    }
}
