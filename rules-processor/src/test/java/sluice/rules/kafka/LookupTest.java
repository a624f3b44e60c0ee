package sluice.rules.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.rules.testkit.Acme;
import sluice.runtime.NodeSettings;
import sluice.runtime.configuration.ConfigurationSource;
import sluice.runtime.configuration.domain.ConfigurationView;
import sluice.runtime.kafka.KafkaProperties;
import sluice.runtime.query.Ownership;
import sluice.runtime.seal.Blinding;
import sluice.runtime.seal.Keyset;
import sluice.runtime.seal.Sealing;
import sluice.runtime.settings.Settings;
import sluice.schemas.FoundUser;
import sluice.schemas.FoundUsers;
import sluice.schemas.LookupField;
import sluice.schemas.LookupFilter;
import sluice.schemas.Profile;
import sluice.schemas.ProfileField;
import sluice.schemas.UpdateUser;
import sluice.schemas.UserCommand;
import sluice.schemas.UserCommandKind;
import sluice.schemas.UserLookup;
import sluice.schemas.UserUpdate;
import sluice.schemas.topic.Topics;
import sluice.schemas.wire.AvroSerde;
import sluice.schemas.wire.ReleasedSchemas;

/** Users are found by what is known of them, in the state as the processor leaves it, crashes included. */
class LookupTest {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    private Path folder;

    private final Topics topics = new Topics("sluice.", 1, Duration.ofDays(1), ReleasedSchemas.load());
    private final Acme acme = new Acme();
    private Sealing sealing;
    private Blinding blinding;
    private TopologyTestDriver driver;

    private final ConfigurationSource configuration = new ConfigurationSource() {
        @Override
        public ConfigurationView newest() {
            return acme.configuration();
        }

        @Override
        public ConfigurationView at(long version) {
            return acme.history().at(version);
        }
    };

    @BeforeEach
    void start() throws IOException {
        sealing = Keyset.open(folder);
        blinding = Blinding.open(folder);
        driver = driver(blinding);
    }

    private TopologyTestDriver driver(Blinding key) {
        var streams = new KafkaProperties(NodeSettings.from(new Settings(Map.of())))
                .streams("sluice.rules-processor", "member", folder.resolve("state"), topics.deadLetters());
        var topology = new RulesTopology(
                        topics, streams, sealing, key, configuration, Ownership.UNASKED, new SimpleMeterRegistry())
                .get();
        return new TopologyTestDriver(topology, streams, AT);
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void givenAUser_whenTheyAreLookedForByEachField_thenTheyAreFoundHoweverItIsSpelt() {
        update("event-1", "ada", profile("Ada@Example.com", "+64 21 123", "ada"));
        update("event-2", "bob", profile("bob@example.com", "+64 21 124", "bob"));

        assertThat(idsOf(email("ada@example.COM "))).containsExactly("ada");
        assertThat(idsOf(phone("+6421123"))).containsExactly("ada");
        assertThat(idsOf(username("ada"))).containsExactly("ada");
        assertThat(idsOf(username("Ada"))).isEmpty();
        var found = ask(lookup(email("ada@example.com"))).getUsers().get(0).getProfile();
        assertThat(found).isEqualTo(profile("Ada@Example.com", "+64 21 123", "ada"));
    }

    @Test
    void givenSeveralFilters_whenLookedFor_thenAllMustMatch() {
        update("event-1", "ada", profile("ada@example.com", "+6421", "ada"));
        update("event-2", "bob", profile("bob@example.com", "+6421", "bob"));

        assertThat(idsOf(phone("+6421"), email("bob@example.com"))).containsExactly("bob");
        assertThat(idsOf(phone("+6421"), username("eve"))).isEmpty();
        assertThat(idsOf(phone("+6421"), phone("no number"))).isEmpty();
        assertThat(idsOf()).isEmpty();
    }

    @Test
    void givenAChangedAddress_whenLookedFor_thenOnlyTheNewOneFindsThem() {
        update("event-1", "ada", profile("old@example.com", null, null));
        update("event-2", "ada", profile("new@example.com", null, null));

        assertThat(idsOf(email("old@example.com"))).isEmpty();
        assertThat(idsOf(email("new@example.com"))).containsExactly("ada");
        assertThat(entries()).hasSize(1);
    }

    @Test
    void givenAResetFieldOrADeletedUser_whenLookedFor_thenNothingOfThemIsInTheIndex() {
        update("event-1", "ada", profile("ada@example.com", "+6421", "ada"));
        pipe("ada", updating("event-2", "ada", new UserUpdate(profile(null, null, null), List.of(ProfileField.EMAIL))));
        assertThat(idsOf(email("ada@example.com"))).isEmpty();
        assertThat(entries()).hasSize(2);

        pipe("ada", command("event-3", "ada", UserCommandKind.DELETE_USER));

        assertThat(idsOf(phone("+6421"))).isEmpty();
        assertThat(entries()).isEmpty();
        assertThat(ask(lookup().setUserId("ada")).getUsers()).isEmpty();
    }

    /** Crash after the record's put reached its changelog, before the index's did. */
    @Test
    void givenTheIndexWasLostInACrash_whenTheEventComesAgain_thenTheUserIsFound() {
        update("event-1", "ada", profile("ada@example.com", null, "ada"));
        entries().forEach(index()::delete);
        assertThat(idsOf(email("ada@example.com"))).isEmpty();

        update("event-1", "ada", profile("ada@example.com", null, "ada"));

        assertThat(idsOf(email("ada@example.com"))).containsExactly("ada");
        assertThat(entries()).hasSize(2);
    }

    /** Crash after the index's put reached its changelog, before the record's did. */
    @Test
    void givenTheRecordWasLostInACrash_whenTheEventComesAgain_thenOnlyTheNewValueFindsTheUser() {
        update("event-1", "ada", profile("old@example.com", null, null));
        var before = users().get("acme/ada");
        var old = entries().get(0);
        update("event-2", "ada", profile("new@example.com", null, null));
        users().put("acme/ada", before);
        index().put(old, "");
        assertThat(idsOf(email("old@example.com"))).containsExactly("ada");
        assertThat(idsOf(email("new@example.com")))
                .as("an entry that comes too early")
                .isEmpty();

        update("event-2", "ada", profile("new@example.com", null, null));

        assertThat(idsOf(email("old@example.com"))).isEmpty();
        assertThat(idsOf(email("new@example.com"))).containsExactly("ada");
        assertThat(entries()).hasSize(1).doesNotContain(old);
    }

    @Test
    void givenAnEntryThatACrashLeftBehind_whenItIsFound_thenTheRecordSaysThatItIsNone() {
        update("event-1", "ada", profile("old@example.com", null, null));
        var old = entries().get(0);
        update("event-2", "ada", profile("new@example.com", null, null));
        index().put(old, "");

        assertThat(idsOf(email("old@example.com"))).isEmpty();
    }

    @Test
    void givenManyUsersOfOneNumber_whenPagedThrough_thenEachComesOnceInTheOrderOfTheIds() {
        var ids = Stream.concat(
                        IntStream.range(0, 25).mapToObj("user-%02d"::formatted), Stream.of("\uFF5E", "\uD83D\uDE80"))
                .toList();
        for (var id : ids) update("event-" + id, id, profile(null, "+6421", null));

        var found = new ArrayList<String>();
        FoundUsers page;
        @Nullable String after = null;
        do {
            page = ask(lookup(phone("+6421")).setAfter(after).setLimit(10).build());
            page.getUsers().forEach(user -> found.add(user.getUserId()));
            after = page.getLastEvaluatedUserId();
        } while (after != null);

        assertThat(found).isEqualTo(ids);
        assertThat(page.getUsers()).hasSize(7);
    }

    @Test
    void givenMoreUsersThanAreLookedAt_whenNoneMatchesTheSecondFilter_thenThePageSaysHowFarItGot() {
        for (var each = 0; each <= LookupQuery.LOOKED_AT_MAX; each++) {
            update("event-" + each, "user-%04d".formatted(each), profile(null, "+6421", null));
        }

        var page = ask(lookup(phone("+6421"), username("eve")).build());

        assertThat(page.getUsers()).isEmpty();
        assertThat(page.getLastEvaluatedUserId()).isEqualTo("user-0999");
    }

    /** E1. */
    @Test
    void givenAnotherTenant_whenItLooksForTheSameValue_thenItFindsNobodyAndNoEntriesAreAlike() {
        update("event-1", "ada", profile("ada@example.com", null, null));

        assertThat(ask(lookup(email("ada@example.com")).setTenantId("globex").build())
                        .getUsers())
                .isEmpty();
        assertThat(ask(lookup(email("ada@example.com"))
                                .setTenantId("acme\0EMAIL")
                                .build())
                        .getUsers())
                .isEmpty();
        assertThat(blinding.blind("acme", "EMAIL", "ada@example.com"))
                .isNotEqualTo(blinding.blind("globex", "EMAIL", "ada@example.com"));
    }

    /** E11. */
    @Test
    void givenContacts_whenIndexed_thenNeitherTheStoreNorItsChangelogHoldsThem() {
        update("event-1", "u1", profile("ada@example.com", "+64211234", "countess"));

        var changelog = driver.createOutputTopic(
                        "sluice.rules-processor-lookup-changelog", new StringDeserializer(), new StringDeserializer())
                .readKeyValuesToList()
                .toString();

        assertThat(changelog).contains("u1").doesNotContain("ada@", "64211234", "countess");
        assertThat(entries().toString()).contains("u1").doesNotContain("ada@", "64211234", "countess");
    }

    @Test
    void givenAnIndexOfAnotherKey_whenTaken_thenItIsRefusedRatherThanFindingNobody() throws IOException {
        update("event-1", "ada", profile("ada@example.com", null, null));
        var foreign = new Lookup(Blinding.open(folder.resolve("elsewhere")));

        new Lookup(blinding).requireItsKey(index());

        assertThatThrownBy(() -> foreign.requireItsKey(index()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("lookup-keyset.json");
    }

    private KeyValueStore<String, String> index() {
        return driver.getKeyValueStore(RulesTopology.LOOKUP);
    }

    private KeyValueStore<String, sluice.schemas.User> users() {
        return driver.getKeyValueStore(RulesTopology.USER);
    }

    /** Keys of the entries that name a user. */
    private List<String> entries() {
        var keys = new ArrayList<String>();
        try (var all = index().range("acme", "acmf")) {
            all.forEachRemaining(entry -> keys.add(entry.key));
        }
        return keys;
    }

    private List<String> idsOf(LookupFilter... filters) {
        return ask(lookup(filters).build()).getUsers().stream()
                .map(FoundUser::getUserId)
                .toList();
    }

    private FoundUsers ask(UserLookup.Builder lookup) {
        return ask(lookup.build());
    }

    private FoundUsers ask(UserLookup lookup) {
        var ids = topics.schemaIds();
        var query = new LookupQuery(partition -> index(), partition -> users(), sealing, blinding, ids);
        var answer = query.answer(0, new AvroSerde<>(UserLookup.class, ids).toBytes(lookup));
        return new AvroSerde<>(FoundUsers.class, ids).fromBytes(answer);
    }

    private static UserLookup.Builder lookup(LookupFilter... filters) {
        return UserLookup.newBuilder().setTenantId("acme").setFilters(List.of(filters));
    }

    private static LookupFilter email(String value) {
        return new LookupFilter(LookupField.EMAIL, value);
    }

    private static LookupFilter phone(String value) {
        return new LookupFilter(LookupField.PHONE_NUMBER, value);
    }

    private static LookupFilter username(String value) {
        return new LookupFilter(LookupField.USERNAME, value);
    }

    private static Profile profile(@Nullable String email, @Nullable String phoneNumber, @Nullable String username) {
        return Profile.newBuilder()
                .setEmail(email)
                .setPhoneNumber(phoneNumber)
                .setUsername(username)
                .build();
    }

    private void update(String eventId, String userId, Profile told) {
        pipe(userId, updating(eventId, userId, new UserUpdate(told, List.of())));
    }

    private UserCommand updating(String eventId, String userId, UserUpdate update) {
        var command = command(eventId, userId, UserCommandKind.UPDATE_USER);
        var plain = new AvroSerde<>(UserUpdate.class, topics.schemaIds()).toBytes(update);
        command.setUpdateUser(
                new UpdateUser(ByteBuffer.wrap(sealing.seal(plain, "user-update", "acme", userId, eventId))));
        return command;
    }

    private static UserCommand command(String eventId, String userId, UserCommandKind kind) {
        return UserCommand.newBuilder()
                .setEventId(eventId)
                .setTenantId("acme")
                .setUserId(userId)
                .setReceivedAt(AT)
                .setKind(kind)
                .build();
    }

    private void pipe(String userId, UserCommand command) {
        driver.createInputTopic(
                        topics.userCommands.name(),
                        new StringSerializer(),
                        topics.userCommands.value().serializer())
                .pipeInput("acme/" + userId, command, AT);
    }
}
