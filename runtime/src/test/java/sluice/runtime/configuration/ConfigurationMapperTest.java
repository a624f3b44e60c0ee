package sluice.runtime.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.runtime.audit.domain.Actor;
import sluice.runtime.configuration.domain.Author;
import sluice.runtime.configuration.domain.Change;
import sluice.runtime.configuration.domain.Piece;
import sluice.runtime.configuration.domain.Setting;
import sluice.runtime.seal.domain.Sealed;
import sluice.schemas.ActionOutcome;
import sluice.schemas.ConfigurationChange;
import sluice.schemas.ConfigurationKind;
import sluice.schemas.CredentialKind;
import sluice.schemas.CustomDataModel;
import sluice.schemas.CustomDataType;
import sluice.schemas.ValueListItemType;
import sluice.schemas.wire.AvroSerde;
import sluice.schemas.wire.ReleasedSchemas;

/** What was set comes back from the log as it was. */
class ConfigurationMapperTest {
    private static final Instant NOW = Instant.ofEpochMilli(1_700_000_000_123L);
    private static final Sealed SEALED = new Sealed(new byte[] {1, 2, 3});
    private static final Setting.SecretKey KEY = new Setting.SecretKey("00ff", SEALED);
    private static final AvroSerde<ConfigurationChange> SERDE =
            new AvroSerde<>(ConfigurationChange.class, ReleasedSchemas.load());

    /** Every setting, with everything set and with nothing set that may be unset. */
    static Stream<Change> changes() {
        return Stream.of(
                change(Piece.tenant("acme"), tenant(Optional.of(false))),
                change(Piece.tenant("acme"), tenant(Optional.empty())),
                change(Piece.tenant("acme"), tenantWithSecrets()),
                change(Piece.tenant("acme"), tenantOf(List.of())),
                change(Piece.tenant("acme"), tenantOf(List.of("https://shop.example"))),
                change(Piece.tenant("acme"), tenantWith(webhook(Optional.of(List.of("authenticator.created"))))),
                change(Piece.tenant("acme"), tenantWith(webhook(Optional.of(List.of())))),
                change(Piece.tenant("acme"), tenantWith(Setting.Webhook.UNSET.of(Optional.of(List.of("x"))))),
                change(Piece.action("acme", "signIn"), Setting.Action.UNSET),
                change(Piece.action("acme", "signIn"), action()),
                change(Piece.authenticator("acme", "AUTHENTICATOR_APP"), Setting.Authenticator.INACTIVE),
                change(Piece.authenticator("acme", "SMS"), new Setting.Authenticator(true, 1, Optional.of("Acme"))),
                change(Piece.tokenKey("key"), new Setting.TokenKey(SEALED, NOW, Optional.empty())),
                change(Piece.tokenKey("key"), new Setting.TokenKey(SEALED, NOW, Optional.of(NOW))),
                change(Piece.sessionKey("key"), new Setting.SessionKey(SEALED, NOW, Optional.empty())),
                change(Piece.sessionKey("key"), new Setting.SessionKey(SEALED, NOW, Optional.of(NOW))),
                change(Piece.valueList("acme", "words"), texts()),
                change(Piece.valueList("acme", "figures"), numbers()),
                change(Piece.valueList("acme", "none"), noItems()),
                change(Piece.customDataPoint("acme", "1"), dataPoint(Optional.of("in cents"))),
                change(Piece.customDataPoint("acme", "2"), dataPoint(Optional.empty())),
                change(Piece.rule("acme", "pay", "1"), rule()),
                change(Piece.rule("acme", "pay", "2"), bareRule()),
                change(Piece.theme("acme"), Setting.Theme.UNSET),
                change(Piece.theme("acme"), new Setting.Theme("{\"name\":\"Acme\"}")),
                change(Piece.messageOverrides("acme"), Setting.MessageOverrides.NONE),
                change(Piece.messageOverrides("acme"), overrides()));
    }

    private static Change change(Piece piece, Setting value) {
        return new Change("change", piece, 7, NOW, Author.commandLine("test", "run"), Optional.of(value));
    }

    private static Setting tenantWithSecrets() {
        var secrets = List.of(
                new Setting.SecretKey("00ff", SEALED, Optional.of(NOW), Optional.empty()),
                new Setting.SecretKey("ff00", SEALED, Optional.of(NOW), Optional.of(NOW.plusSeconds(1))));
        return new Setting.Tenant("Acme", secrets, secrets, Duration.ofMinutes(10), 5);
    }

    private static Setting tenant(Optional<Boolean> hide) {
        return new Setting.Tenant("Acme", List.of(KEY), List.of(), Duration.ofMinutes(10), 5)
                .withHideSuccessScreenOnEnrollment(hide);
    }

    private static Setting tenantWith(Setting.Webhook webhook) {
        return new Setting.Tenant("Acme", List.of(), List.of(), Duration.ofMinutes(10), 5).withWebhook(webhook);
    }

    private static Setting.Webhook webhook(Optional<List<String>> events) {
        return new Setting.Webhook(Optional.of("https://shop.example/events"), events, Optional.of(NOW));
    }

    private static Setting tenantOf(List<String> origins) {
        return new Setting.Tenant("Acme", List.of(KEY), List.of(), Duration.ofMinutes(10), 5)
                .withAllowedOrigins(Optional.of(origins));
    }

    private static Setting action() {
        return new Setting.Action(
                Optional.of(ActionOutcome.REVIEW),
                Optional.of("{}"),
                Optional.of(List.of("SMS", "PASSKEY")),
                Optional.of(List.of()),
                Optional.of("SMS"));
    }

    private static Setting texts() {
        return new Setting.ValueList(
                "Words",
                ValueListItemType.STRING,
                Optional.of(List.of("b", "a", "b")),
                Optional.empty(),
                Optional.of(false));
    }

    private static Setting numbers() {
        return new Setting.ValueList(
                "Figures",
                ValueListItemType.NUMBER,
                Optional.empty(),
                Optional.of(List.of(0.0, -1.5, 1e300)),
                Optional.of(true));
    }

    private static Setting noItems() {
        return new Setting.ValueList(
                "None", ValueListItemType.NUMBER, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static Setting dataPoint(Optional<String> description) {
        return new Setting.CustomDataPoint(
                "amount", CustomDataType.NUMBER, CustomDataModel.ACTION, description, description.isPresent());
    }

    private static Setting rule() {
        return new Setting.Rule(
                "Large",
                Optional.of("above 1000"),
                true,
                2,
                ActionOutcome.REVIEW,
                "{\"!\":true}",
                Optional.of(List.of("SMS", "PASSKEY")),
                Optional.of(List.of("PASSKEY")),
                Optional.of("SMS"),
                true);
    }

    private static Setting bareRule() {
        return new Setting.Rule(
                "Any",
                Optional.empty(),
                false,
                0,
                ActionOutcome.ALLOW,
                "true",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    private static Setting overrides() {
        return new Setting.MessageOverrides(Map.of("en", Map.of("code-entry.heading", "Your code"), "de", Map.of()));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void givenASetting_whenItIsWrittenAndRead_thenItIsTheSame(Change change) {
        var bytes = SERDE.toBytes(ConfigurationMapper.toAvro(change));

        assertThat(ConfigurationMapper.toDomain(SERDE.fromBytes(bytes))).isEqualTo(change);
    }

    @Test
    void givenTheSettingsThatThereAre_whenTheExamplesAreCounted_thenNoneIsMissing() {
        Set<Class<?>> shown =
                changes().map(change -> change.value().orElseThrow().getClass()).collect(Collectors.toSet());

        assertThat(shown).containsExactlyInAnyOrder(Setting.class.getPermittedSubclasses());
    }

    @Test
    void givenAPieceThatIsRemoved_whenItIsWrittenAndRead_thenItHasNoValue() {
        var removed =
                new Change("change", Piece.theme("acme"), 7, NOW, Author.commandLine("test", "run"), Optional.empty());

        assertThat(ConfigurationMapper.toDomain(ConfigurationMapper.toAvro(removed)))
                .isEqualTo(removed);
    }

    @Test
    void givenAChangeOfAnOlderRelease_whenRead_thenItSaysRoughlyWhoAndNotWhy() {
        var older = ConfigurationMapper.toAvro(change(Piece.theme("acme"), Setting.Theme.UNSET));
        older.setChangedBy("management");
        older.setBy(null);
        older.setCauseId(null);

        var author = ConfigurationMapper.toDomain(older).author();

        assertThat(author.by()).isEqualTo(new Actor(CredentialKind.UNKNOWN, Optional.empty(), "management"));
        assertThat(author.causeId()).isEmpty();
    }

    /** Readers of the older schema know three names. */
    @ParameterizedTest
    @CsvSource({
        "MANAGEMENT_SECRET, management",
        "COMMAND_LINE, operator",
        "SLUICE, operator",
        "SERVER_SECRET, ingress",
        "CLIENT_TOKEN, ingress",
        "TENANT_ID, ingress",
        "MAIL_LINK, ingress"
    })
    void givenWhoChangesSomething_whenWritten_thenItIsSaidRoughlyToo(CredentialKind credential, String roughly) {
        var author = new Author(new Actor(credential, Optional.empty(), "call"), Optional.of("cause"));
        var change = new Change("change", Piece.theme("acme"), 7, NOW, author, Optional.of(Setting.Theme.UNSET));

        assertThat(ConfigurationMapper.toAvro(change).getChangedBy()).isEqualTo(roughly);
    }

    /** An older process reads a kind that came later as UNKNOWN; the follower steps over it and counts its version. */
    @Test
    void givenAKindThatCameLater_whenRead_thenItIsRefused() {
        var later = ConfigurationMapper.toAvro(change(Piece.theme("acme"), Setting.Theme.UNSET));
        later.setKind(ConfigurationKind.UNKNOWN);

        assertThatThrownBy(() -> ConfigurationMapper.toDomain(later)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void givenItemsOfAnotherTypeThanTheLists_whenPutTogether_thenTheyAreRefused() {
        assertThatThrownBy(() -> new Setting.ValueList(
                        "Words",
                        ValueListItemType.STRING,
                        Optional.empty(),
                        Optional.of(List.of(1.0)),
                        Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
