package sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import sluice.acceptance.kafka.KafkaBroker;
import sluice.acceptance.kafka.KafkaBroker.Bootstrap;
import sluice.acceptance.testkit.Api;
import sluice.acceptance.testkit.Api.Answer;
import sluice.acceptance.testkit.Sluice;
import sluice.track.token.Token;
import sluice.track.token.TokenKeys;
import sluice.track.token.Tokens;

/** Users are found by what is known of them (contract section 3), over two nodes that own them between them. */
@ExtendWith(KafkaBroker.class)
class UserLookupTest {
    @TempDir
    private static Path folder;

    private static Sluice sluice;

    @BeforeAll
    static void start(Bootstrap kafka) throws Exception {
        sluice = Sluice.on(kafka, folder).start().start();
    }

    @AfterAll
    static void stop() throws Exception {
        sluice.close();
    }

    /** P4: what an answer told is found at once, at the other ingress too; what it changed is not found any more. */
    @Test
    void givenUsersWhoAreUpdated_whenLookedForAtTheOtherIngressAtOnce_thenTheNewValueFindsThemAndTheOldOneDoesNot() {
        for (var each = 0; each < 40; each++) {
            var userId = someone();
            var before = "before-%s@shop.example".formatted(userId);
            var after = "after-%s@shop.example".formatted(userId);
            update(each % 2, userId, Map.of("email", before));
            assertThat(ids(find((each + 1) % 2, Map.of("email", before)))).containsExactly(userId);

            update(each % 2, userId, Map.of("email", after));

            assertThat(ids(find((each + 1) % 2, Map.of("email", after)))).containsExactly(userId);
            assertThat(ids(find((each + 1) % 2, Map.of("email", before)))).isEmpty();
        }
    }

    @Test
    void givenAUser_whenFound_thenTheAnswerHasTheContractsFieldsAndNoOthers() {
        var userId = someone();
        var username = "name-of-" + userId;
        sluice.api(0).track(userId, "signIn", Map.of("username", username));

        var bare = find(0, Map.of("username", username)).body();

        assertThat(names(bare)).containsExactly("users");
        assertThat(names(bare.path("users").path(0)))
                .containsExactly("emailVerified", "phoneNumberVerified", "userId", "username");

        var phoneNumber = "+64 21 " + System.nanoTime();
        update(0, userId, Map.of("email", "Ada@Shop.example", "emailVerified", true, "phoneNumber", phoneNumber));
        var whole = find(1, Map.of("username", username, "email", "ada@shop.EXAMPLE", "phoneNumber", phoneNumber))
                .body()
                .path("users");

        assertThat(whole).hasSize(1);
        assertThat(whole.path(0).path("email").asText()).isEqualTo("Ada@Shop.example");
        assertThat(whole.path(0).path("emailVerified").asBoolean()).isTrue();
        assertThat(whole.path(0).path("phoneNumber").asText()).isEqualTo(phoneNumber);
        assertThat(ids(find(1, Map.of("username", username, "email", "eve@shop.example"))))
                .as("all must match")
                .isEmpty();
    }

    @Test
    void givenTwentyFiveUsersOfOneNumber_whenPagedThrough_thenEachComesOnceInOrder() {
        var number = "+1555" + System.nanoTime();
        var expected = new TreeSet<String>();
        for (var each = 0; each < 25; each++) {
            var userId = someone();
            expected.add(userId);
            update(each % 2, userId, Map.of("phoneNumber", number));
        }

        var sizes = new ArrayList<Integer>();
        var found = new ArrayList<String>();
        var parameters = new HashMap<>(Map.of("phoneNumber", number, "limit", "10"));
        while (true) {
            var page = find(sizes.size() % 2, parameters);
            sizes.add(ids(page).size());
            found.addAll(ids(page));
            if (!page.body().has("lastEvaluatedUserId")) break;
            parameters.put("lastEvaluatedUserId", page.text("lastEvaluatedUserId"));
        }

        assertThat(found).containsExactlyElementsOf(expected);
        assertThat(sizes).containsExactly(10, 10, 5);
        assertThat(ids(find(0, Map.of("phoneNumber", number)))).as("by default").hasSize(20);
    }

    @Test
    void givenADeletedUser_whenLookedFor_thenNobodyIsFound() {
        var userId = someone();
        var token = sluice.api(0)
                .track(userId, "signIn", Map.of("username", userId))
                .text("token");
        assertThat(ids(find(0, Map.of("username", userId)))).containsExactly(userId);

        sluice.api(0).backend("DELETE", "/users/" + userId, Map.of());

        assertThat(ids(find(1, Map.of("username", userId)))).isEmpty();
        assertThat(ids(find(1, Map.of("token", token)))).isEmpty();
    }

    @Test
    void givenAToken_whenItsUserIsLookedFor_thenTheyAreFoundWithWhatTheTokenSays() {
        var userId = someone();
        var tracked = sluice.api(0).track(userId, "signIn", Map.of("username", "of-a-token"));

        var found = find(1, Map.of("token", tracked.text("token")));

        assertThat(ids(found)).containsExactly(userId);
        var payload = found.body().path("tokenPayload");
        assertThat(payload.path("sub").asText()).isEqualTo(userId);
        assertThat(payload.path("exp").asLong() - payload.path("iat").asLong()).isEqualTo(600);
        assertThat(payload.path("other").path("idempotencyKey").asText()).isEqualTo(tracked.text("idempotencyKey"));
        assertThat(ids(find(1, Map.of("token", tracked.text("token"), "username", "another"))))
                .isEmpty();
    }

    /** E1, E4: another tenant's token is as invalid as a forged one, and finds nobody. */
    @Test
    void givenAForgedForeignOrExpiredToken_whenItsUserIsLookedFor_thenItIsRefused() {
        var userId = someone();
        sluice.api(0).track(userId, "signIn", Map.of());
        var node = sluice.node();
        var tokens = new Tokens(new TokenKeys(node.configuration(), node.sealing()), InstantSource.system());
        var foreign = tokens.sign(new Token("globex", userId, "signIn", "key", Set.of()), Duration.ofMinutes(1), null);
        var expired =
                tokens.sign(new Token(Sluice.TENANT, userId, "signIn", "key", Set.of()), Duration.ofMinutes(-1), null);

        assertRefused(find(0, Map.of("token", "none")), 401, "invalid_token");
        assertRefused(find(0, Map.of("token", foreign)), 401, "invalid_token");
        assertRefused(find(0, Map.of("token", expired)), 401, "expired_token");
    }

    @Test
    void givenParametersThatAreNone_whenLookedFor_thenTheyAreRefusedAndNamed() {
        assertRefused(find(0, Map.of()), 400, "invalid_request");
        assertRefused(find(0, Map.of("email", "", "limit", "5")), 400, "invalid_request");
        for (var limit : List.of("0", "101", "-1", "1.5", "ten", "9999999999")) {
            var answer = find(0, Map.of("email", "ada@shop.example", "limit", limit));
            assertRefused(answer, 400, "invalid_request");
            assertThat(answer.text("errorDescription")).startsWith("limit:");
        }
        assertRefused(find(0, Map.of("username", "x".repeat(257))), 400, "invalid_request");
        assertRefused(find(0, Map.of("username", "x", "lastEvaluatedUserId", "a\0b")), 400, "invalid_request");
        assertThat(ids(find(0, Map.of("phoneNumber", "no digits")))).isEmpty();
    }

    private static void assertRefused(Answer answer, int status, String code) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text("errorCode")).isEqualTo(code);
        assertThat(answer.text("errorDescription")).isNotEmpty();
        assertThat(answer.body().has("users")).isFalse();
    }

    private static void update(int ingress, String userId, Map<String, Object> told) {
        assertThat(sluice.api(ingress)
                        .backend("PATCH", "/users/" + userId, told)
                        .status())
                .isEqualTo(200);
    }

    private static Answer find(int ingress, Map<String, String> parameters) {
        var query = parameters.entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + Api.encoded(parameter.getValue()))
                .collect(Collectors.joining("&"));
        return sluice.api(ingress).backend("GET", "/users?" + query, Map.of());
    }

    private static List<String> ids(Answer found) {
        assertThat(found.status()).as(found.body().toString()).isEqualTo(200);
        var users = found.body().path("users");
        return IntStream.range(0, users.size())
                .mapToObj(each -> users.path(each).path("userId").asText())
                .toList();
    }

    private static List<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).sorted().toList();
    }

    private static String someone() {
        return "user-" + UUID.randomUUID();
    }
}
