package sluice.track.http.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.track.message.Catalogue;
import sluice.track.message.Point;

/** The page and the catalogue know the same texts: what a tenant can replace is what there is. */
class TemplateTest {
    private static final Pattern TEXT_ID = Pattern.compile("\"([a-z-]+\\.[a-z][A-Za-z]*)\"");
    private static final Set<String> SET_BY_THE_SERVER = Set.of("page.brand");

    @Test
    void givenTheTextsInThePage_whenSoughtInTheCatalogue_thenEachIsThere() {
        assertThat(Catalogue.pages().points().stream()
                        .filter(Point::belongsToPages)
                        .map(Point::publicId))
                .containsAll(Template.PAGE.textIds())
                .containsAll(Template.MAGIC_LINK.textIds());
    }

    @Test
    void givenTheTextsThatScriptsSet_whenComparedWithTheRestOfTheCatalogue_thenTheyAreTheSame() {
        var inScripts = UiFiles.MODULES.stream()
                .map(UiFiles::text)
                .flatMap(script -> TEXT_ID.matcher(script).results())
                .map(found -> found.group(1))
                .filter(id -> !id.endsWith(".js"))
                .collect(Collectors.toCollection(TreeSet::new));
        inScripts.addAll(SET_BY_THE_SERVER);

        assertThat(inScripts).containsExactlyInAnyOrderElementsOf(Template.scriptTextIds());
    }

    @Test
    void givenTheModules_whenTheirImportsAreFollowed_thenEachIsServedAndNoneIsForgotten() {
        var imported = Pattern.compile("(?:from|import) \"\\./([\\w-]+\\.js)\"");
        var names = UiFiles.MODULES.stream()
                .flatMap(module -> imported.matcher(UiFiles.text(module)).results())
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
        imported.matcher(UiFiles.text("page.js")).results().forEach(found -> names.add(found.group(1)));

        assertThat(names).containsExactlyInAnyOrderElementsOf(UiFiles.MODULES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"page.html", "magic-link.html"})
    void givenTheTemplates_whenReadForWords_thenTheyHaveNoneOfTheirOwn(String template) {
        var words = UiFiles.text(template)
                .replaceAll("(?s)<[^>]*>|\\{\\{\\{?[\\w.-]+}}}?", "")
                .strip();

        assertThat(words).isEmpty();
    }
}
