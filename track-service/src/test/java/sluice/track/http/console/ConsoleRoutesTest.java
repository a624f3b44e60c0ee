package sluice.track.http.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.track.http.RefusedException;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleRoutesTest {
    private final Javalin server = Javalin.create(config -> {
        config.startup.showJavalinBanner = false;
        config.routes.exception(RefusedException.class, (refused, context) -> context.status(404));
        new ConsoleRoutes().addTo(config.routes);
    });

    @BeforeAll
    void start() {
        server.start("127.0.0.1", 0);
    }

    @AfterAll
    void stop() {
        server.stop();
    }

    @Test
    void e7_givenThePage_whenServed_thenItRunsItsOwnAloneAndIsFramedByNobody() throws Exception {
        var page = get("/console");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .hasValue("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                        + " connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none';"
                        + " require-trusted-types-for 'script'; trusted-types 'none'");
        assertThat(page.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-cache");
        assertThat(page.headers().map()).doesNotContainKey("set-cookie");
    }

    @Test
    void e7_givenThePage_whenItsHtmlIsRead_thenNothingIsInlineAndNothingIsAnotherHosts() throws Exception {
        assertThat(get("/console").body())
                .doesNotContain("<style", "style=\"", "javascript:")
                .doesNotContainPattern("<script(?! type=\"module\" src=\"/console/console\\.js\"></script>)")
                .doesNotContainPattern("(src|href)=\"(?!/ui/icon\\.svg|/console/|#)")
                .doesNotContainPattern("<(form|input|textarea|button)[^>]* (name|action|formaction)=")
                .doesNotContainPattern("<[^>]* on\\w+=");
    }

    @Test
    void givenThePageAndItsScripts_whenReadForOthers_thenEachIsServedAndHasNoWayToKeepASecret() throws Exception {
        var names = reachable();

        assertThat(names).contains("console.js", "console.css", "management.js", "backtest.js");
        for (var name : names) {
            var file = get("/console/" + name);
            assertThat(file.statusCode()).as(name).isEqualTo(200);
            assertThat(file.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(file.body()).doesNotContain("Storage", "cookie", "indexedDB", "innerHTML", "http:", "https:");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"console.html", "ConsoleRoutes.class", "page.js", "keyset.json", "..%2Fui%2Fpage.js"})
    void givenAnyOtherName_whenAskedFor_thenItIsNotServed(String name) throws Exception {
        assertThat(get("/console/" + name).statusCode()).isEqualTo(404);
    }

    @Test
    void givenTheDataPointsThatNeedADatabase_whenTheStatusIsRead_thenItNamesEachAsNullWithoutIt() throws Exception {
        var status = get("/console/status.js").body();

        assertThat(named(status, "places"))
                .containsExactlyInAnyOrderElementsOf(unknownFor("(no place known|one of both places)"));
        assertThat(named(status, "anonymousAddresses"))
                .containsExactlyInAnyOrderElementsOf(unknownFor("no file of anonymous"));
    }

    /** Of the table in the documentation, which a test of the rule engine holds against the data points. */
    private static List<String> unknownFor(String reason) throws IOException {
        return found("(?m)^\\| `([\\w.]+)` \\|.*" + reason + ".* \\|$", Files.readString(Path.of("../docs/rules.md")))
                .toList();
    }

    private static List<String> named(String script, String feature) {
        var list = Pattern.compile(feature + ": \\{.*?unknown: \\[(.*?)]", Pattern.DOTALL)
                .matcher(script)
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
        return found("\"([^\"]+)\"", list).toList();
    }

    private Set<String> reachable() throws Exception {
        var names = found("\"/console/([^\"]+)\"", get("/console").body()).collect(Collectors.toSet());
        names.addAll(found("from \"\\./([^\"]+)\"", get("/console/console.js").body())
                .toList());
        return names;
    }

    private static Stream<String> found(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results().map(each -> each.group(1));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }
}
