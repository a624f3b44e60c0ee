package sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.acceptance.kafka.KafkaBroker;
import sluice.acceptance.kafka.KafkaBroker.Bootstrap;
import sluice.acceptance.testkit.Management;
import sluice.acceptance.testkit.Sluice;

/** What the management API refuses, and what the caller is told. */
@ExtendWith(KafkaBroker.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ManagementRefusalsTest {
    @TempDir
    private static Path folder;

    private Sluice sluice;
    private Management management;

    @BeforeAll
    void start(Bootstrap kafka) throws Exception {
        sluice = Sluice.on(kafka, folder).startIngressAlone();
        management = new Management(sluice.api(0));
    }

    @AfterAll
    void stop() throws Exception {
        sluice.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/action-configurations, POST",
        "/action-configurations/x, GET PATCH DELETE",
        "/action-configurations/x/rules, GET POST",
        "/action-configurations/x/rules/y, GET PATCH DELETE",
        "/value-lists, POST",
        "/value-lists/x, GET PATCH DELETE",
        "/custom-data-points, POST",
        "/custom-data-points/x, GET PATCH DELETE",
        "/tenant, GET PATCH",
        "/theme, GET PATCH",
        "/message-overrides, GET PATCH",
        "/message-overrides/catalog, GET",
    })
    void givenTheServerApisKey_whenItIsTriedHere_thenItOpensNothing(String path, String methods) {
        assertThat(methods.split(" ")).allSatisfy(method -> {
            var answer = sluice.api(0).backend(method, "/management" + path, Map.of());

            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.text("errorCode")).isEqualTo("unauthorized");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "PATCH | /tenant                | hideSuccessScreenOnEnrollment | {'hideSuccessScreenOnEnrollment':'yes'}",
                "POST  | /value-lists           | name             | {'itemType':'string'}",
                "POST  | /value-lists           | name             | {'name':'!','itemType':'string'}",
                "POST  | /value-lists           | itemType         | {'name':'x'}",
                "POST  | /value-lists           | valueListItems   | {'name':'x','itemType':'string','valueListItems':[1]}",
                "POST  | /custom-data-points    | dataType         | {'name':'x','modelType':'user'}",
                "POST  | /custom-data-points    | modelType        | {'name':'x','dataType':'text','modelType':'team'}",
                "POST  | /action-configurations | actionCode       | {'actionCode':'a b'}",
                "PATCH | /theme                 | colors.link      | {'colors':{'link':'red;}'}}",
                "PATCH | /message-overrides     | messageOverrides | {'messageOverrides':[]}",
                "PATCH | /message-overrides     | messageOverrides.de.totp-code-entry.heading | {'messageOverrides':{'de':{'totp-code-entry.heading':'<b>Hallo</b>'}}}",
                "PATCH | /message-overrides     | messageOverrides.de.success.primaryCta | {'messageOverrides':{'de':{'success.primaryCta':'{nobody}'}}}",
                "PATCH | /tenant                | allowedOrigins   | {'allowedOrigins':'https://shop.example'}",
                "PATCH | /tenant                | allowedOrigins   | {'allowedOrigins':['https://shop.example/done']}",
                "PATCH | /tenant                | allowedOrigins   | {'allowedOrigins':['https://*.shop.example']}",
                "PATCH | /tenant                | allowedOrigins   | {'allowedOrigins':['shop.example']}",
                "PATCH | /tenant                | allowedOrigins   | {'allowedOrigins':['https://bücher.example']}",
            })
    void givenAFieldOfTheWrongType_whenSent_thenTheRefusalNamesIt(
            String method, String path, String field, String body) {
        var answer = management.send(method, path, body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("error")).isEqualTo("invalid_request");
        assertThat(answer.text("errorDescription")).startsWith(field + ": expected");
    }
}
