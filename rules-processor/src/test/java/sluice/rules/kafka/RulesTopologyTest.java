package sluice.rules.kafka;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.rules.testkit.Acme;
import sluice.rules.testkit.Browser;
import sluice.rules.testkit.SessionStory;
import sluice.rules.testkit.SoftKey;
import sluice.runtime.NodeSettings;
import sluice.runtime.configuration.ConfigurationSource;
import sluice.runtime.configuration.domain.ConfigurationView;
import sluice.runtime.kafka.KafkaProperties;
import sluice.runtime.query.Ownership;
import sluice.runtime.recovery.domain.RecoveryCode;
import sluice.runtime.recovery.domain.RecoverySet;
import sluice.runtime.seal.Blinding;
import sluice.runtime.seal.Keyset;
import sluice.runtime.seal.Sealing;
import sluice.runtime.seal.domain.Sealed;
import sluice.runtime.settings.Settings;
import sluice.schemas.ActionOutcome;
import sluice.schemas.ActionState;
import sluice.schemas.Actor;
import sluice.schemas.AddAuthenticator;
import sluice.schemas.ConfirmedLink;
import sluice.schemas.CreateSession;
import sluice.schemas.CredentialKind;
import sluice.schemas.CustomValue;
import sluice.schemas.Enrichment;
import sluice.schemas.EnrollAuthenticator;
import sluice.schemas.EnrollContact;
import sluice.schemas.Explanation;
import sluice.schemas.NewRecoveryCodes;
import sluice.schemas.ObservationKind;
import sluice.schemas.PasskeyCredential;
import sluice.schemas.Profile;
import sluice.schemas.RecoveryHashes;
import sluice.schemas.RefreshSession;
import sluice.schemas.RefusalCause;
import sluice.schemas.RevokeSession;
import sluice.schemas.SendCode;
import sluice.schemas.SignalKind;
import sluice.schemas.TrackAttributes;
import sluice.schemas.TrackEvent;
import sluice.schemas.UpdateUser;
import sluice.schemas.UserChangeKind;
import sluice.schemas.UserCommand;
import sluice.schemas.UserCommandKind;
import sluice.schemas.UserUpdate;
import sluice.schemas.UserView;
import sluice.schemas.VerificationMethod;
import sluice.schemas.VerificationResult;
import sluice.schemas.VerifyEvent;
import sluice.schemas.topic.Topic;
import sluice.schemas.topic.Topics;
import sluice.schemas.wire.AvroSerde;
import sluice.schemas.wire.ReleasedSchemas;

class RulesTopologyTest {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
    private static final String KEY = "acme/ada";
    private static final RecoveryCode RECOVERY_CODE = RecoveryCode.of("fifteen bytes!!".getBytes(UTF_8));
    private static final Path GOLDEN = Path.of("src/test/resources/topology.txt");

    @TempDir
    private Path folder;

    private final Topics topics = new Topics("sluice.", 1, Duration.ofDays(1), ReleasedSchemas.load());
    private final Acme acme = new Acme();
    private final List<String> applied = new ArrayList<>();
    private Sealing sealing;
    private Topology topology;
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

    private final Ownership ownership = new Ownership() {
        @Override
        public void tookOver(int partition) {
            applied.add("took over " + partition);
        }

        @Override
        public void released(int partition) {
            applied.add("released " + partition);
        }

        @Override
        public void requireUnbroken(int partition) {}

        @Override
        public void applied(ProcessorContext<?, ?> context) {
            applied.add(context.recordMetadata().orElseThrow().topic());
        }
    };

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @BeforeEach
    void start() throws IOException {
        sealing = Keyset.open(folder);
        var streams = new KafkaProperties(NodeSettings.from(new Settings(Map.of())))
                .streams("sluice.rules-processor", "member", folder.resolve("state"), topics.deadLetters());
        topology = new RulesTopology(topics, streams, sealing, Blinding.open(folder), configuration, ownership, meters)
                .get();
        driver = new TopologyTestDriver(topology, streams, AT);
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    /** A changed topology may lose deployed state: think of it, then put the new text into the file. */
    @Test
    void givenTheDeployedTopology_whenDescribed_thenItHasNotChangedUnintentionally() throws IOException {
        assertThat(described().strip()).isEqualTo(Files.readString(GOLDEN).strip());
    }

    /** Neighbours come in the order of their hash codes: sorted, the text is the same for every run. */
    private String described() {
        return Pattern.compile("(-->|<--) (.*)")
                .matcher(topology.describe().toString())
                .replaceAll(neighbours -> neighbours.group(1) + " "
                        + Arrays.stream(neighbours.group(2).split(", ", -1))
                                .sorted()
                                .collect(Collectors.joining(", ")));
    }

    @Test
    void givenATrackEvent_whenProcessed_thenTheDecisionIsOnTheLogWithTheEventsHeaders() {
        var headers = new RecordHeaders().add(Topics.REPLY_PARTITION, "3".getBytes(UTF_8));
        pipe(topics.trackEvents, KEY, trackEvent("event-1", "key-1"), headers);

        var decided = read(topics.decisions).get(0);

        assertThat(decided.key()).isEqualTo(KEY);
        assertThat(decided.value().getState()).isEqualTo(ActionState.CHALLENGE_REQUIRED);
        assertThat(decided.value().getCauseId()).isEqualTo("event-1");
        assertThat(decided.headers()).isEqualTo(headers);
        assertThat(applied).containsExactly("took over 0", topics.trackEvents.name());
    }

    /** Who came second did not make the decision: it is the first one's, byte for byte (P2). */
    @Test
    void givenAnActionThatTwoHaveTracked_whenDecided_thenTheDecisionSaysWhoWasFirst() {
        pipe(topics.trackEvents, KEY, by(trackEvent("event-1", "key-1"), "first"));
        pipe(topics.trackEvents, KEY, by(trackEvent("event-2", "key-1"), "second"));

        assertThat(read(topics.decisions))
                .extracting(decided -> decided.value().getBy())
                .containsExactly(actor("first"), actor("first"));
    }

    @Test
    void givenACommandAndAnAnswer_whenProcessed_thenWhatComesOfThemSaysWhoIsBehindIt() {
        pipe(topics.trackEvents, KEY, trackEvent("event-1", "key-1"));
        var enroll = enrollCommand("event-2", "key-1");
        enroll.setBy(actor("client"));
        pipe(topics.userCommands, KEY, enroll);
        var answer = verifyEvent("event-3", "key-1", codeOfStepOne());
        answer.setBy(actor("client again"));
        pipe(topics.verifyEvents, KEY, answer);

        assertThat(read(topics.decisions).get(0).value().getBy()).isNull();
        assertThat(read(topics.userChanges).get(0).value().getBy()).isEqualTo(actor("client"));
        assertThat(read(topics.verifications).get(0).value().getBy()).isEqualTo(actor("client again"));
    }

    /** Anybody may write to the log: what names nobody, or would swell the user's record, is no event. */
    @ParameterizedTest
    @ValueSource(ints = {0, 257, 100_000})
    void givenAnActorWhoIsNamedByNothingOrByABook_whenAnEventComes_thenItIsADeadLetter(int length) {
        pipe(topics.trackEvents, KEY, by(trackEvent("event-1", "key-1"), "x".repeat(length)));

        assertThat(read(topics.decisions)).isEmpty();
        assertThat(driver.createOutputTopic(
                                topics.deadLetters(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                        .readRecordsToList())
                .hasSize(1);
    }

    private static TrackEvent by(TrackEvent event, String credentialId) {
        event.setBy(actor(credentialId));
        return event;
    }

    private static Actor actor(String credentialId) {
        return new Actor(CredentialKind.SERVER_SECRET, credentialId, "track");
    }

    /** E11, P3: what the rules saw lies sealed, in the decision and in the store, and is the same bytes in a replay. */
    @Test
    void givenARuleThatReadsTheAddress_whenItMatches_thenTheDecisionIsExplainedUnderSealAndCounted() {
        acme.rule("signIn", "x", 0, ActionOutcome.BLOCK, "{'inCidr':[{'var':'ip.address'},'192.0.2.0/24']}");
        var event = trackEvent("event-1", "key-1");
        event.setAttributes(
                TrackAttributes.newBuilder().setIpAddress("192.0.2.7").build());
        pipe(topics.trackEvents, KEY, event);

        var decision = read(topics.decisions).get(0).value();

        assertThat(decision.getState()).isEqualTo(ActionState.BLOCK);
        assertThat(decision.getRuleIds()).containsExactly("x");
        var bytes = Sealed.of(decision.getSealedExplanation()).bytes();
        assertThat(new String(bytes, ISO_8859_1)).doesNotContain("192.0.2.7", "ip.address");
        var plain = sealing.openRepeatable(bytes, "explanation", "acme", "ada", "event-1");
        assertThat(sealing.sealRepeatably(plain, "explanation", "acme", "ada", "event-1"))
                .isEqualTo(bytes);
        var explanation = new AvroSerde<>(Explanation.class, topics.schemaIds()).fromBytes(plain);
        assertThat(explanation.getValues().get(0).getName()).isEqualTo("ip.address");
        assertThat(explanation.getValues().get(0).getValue().getText()).isEqualTo("192.0.2.7");
        assertThat(explanation.getRules().get(0).getIsMatch()).isTrue();
        assertThat(BitSet.valueOf(explanation.getRules().get(0).getReadBits()).stream())
                .containsExactly(0);
        assertThat(matches("x")).isEqualTo(1);
    }

    private double matches(String ruleId) {
        return meters.get("sluice.rule.matches")
                .tag("rule_id", ruleId)
                .tag("shadow", "false")
                .counter()
                .count();
    }

    /** The redelivery after a crash, and the backend's retry with its idempotency key. */
    @Test
    void givenADecisionThatIsGivenAgain_whenItsRulesAreCounted_thenItCountsOnce() {
        acme.rule("signIn", "x", 0, ActionOutcome.BLOCK, "{'!!':[true]}");
        pipe(topics.trackEvents, KEY, trackEvent("event-1", "key-1"));
        pipe(topics.trackEvents, KEY, trackEvent("event-1", "key-1"));
        pipe(topics.trackEvents, KEY, trackEvent("event-2", "key-1"));

        assertThat(read(topics.decisions)).hasSize(3);
        assertThat(matches("x")).isEqualTo(1);

        pipe(topics.trackEvents, KEY, trackEvent("event-3", "key-2"));
        assertThat(matches("x")).isEqualTo(2);
    }

    /** P2: the redelivery after a crash. */
    @Test
    void givenATrackEvent_whenItComesAgain_thenTheSameDecisionIsOnTheLogAgain() {
        pipe(topics.trackEvents, KEY, trackEvent("event-1", "key-1"));
        acme.outcome("signIn", ActionOutcome.BLOCK);
        pipe(topics.trackEvents, KEY, trackEvent("event-1", "key-1"));

        var decisions = read(topics.decisions);

        assertThat(decisions).hasSize(2);
        assertThat(decisions.get(1).value()).isEqualTo(decisions.get(0).value());
    }

    @Test
    void givenAnEventOfAnOlderConfiguration_whenProcessed_thenItIsDecidedUnderThatVersion() {
        var before = acme.configuration().version();
        acme.outcome("signIn", ActionOutcome.ALLOW);
        var event = trackEvent("event-1", "key-1");
        event.setConfigurationVersion(before);
        pipe(topics.trackEvents, KEY, event);
        pipe(topics.trackEvents, KEY, trackEvent("event-2", "key-2"));

        var decisions = read(topics.decisions);

        assertThat(decisions.get(0).value().getState()).isEqualTo(ActionState.CHALLENGE_REQUIRED);
        assertThat(decisions.get(0).value().getConfigurationVersion()).isEqualTo(before);
        assertThat(decisions.get(1).value().getState()).isEqualTo(ActionState.ALLOW);
    }

    @Test
    void givenAnEnrolment_whenItsCodeIsRight_thenTheUserIsEnrolledAndTheCodeIsBurnt() {
        pipe(topics.trackEvents, KEY, trackEvent("event-1", "key-1"));
        pipe(topics.userCommands, KEY, enrollCommand("event-2", "key-1"));
        pipe(topics.verifyEvents, KEY, verifyEvent("event-3", "key-1", codeOfStepOne()));
        pipe(topics.verifyEvents, KEY, verifyEvent("event-4", "key-1", codeOfStepOne()));

        var verifications = read(topics.verifications);

        assertThat(verifications)
                .extracting(each -> each.value().getResult())
                .containsExactly(VerificationResult.VERIFIED, VerificationResult.REFUSED);
        assertThat(read(topics.userChanges)).hasSize(2);
        assertThat(view().getIsEnrolled()).isTrue();
        assertThat(verifications.get(0).value().toString()).doesNotContain(codeOfStepOne());
    }

    /** P5, S1: a passkey's answer counts once; E11: the passkey is sealed in the store, and on no topic. */
    @Test
    void givenAPasskey_whenItAnswersTwice_thenTheAnswerCountsOnceAndOnlyTheQueryTellsOfThePasskey() {
        acme.passkeys(true);
        var key = SoftKey.of("ES256");
        pipe(topics.trackEvents, KEY, trackEvent("event-1", "key-1"));
        var enroll = enrollCommand("event-2", "key-1");
        var challenge = sealing.seal("challenge-1".getBytes(UTF_8), "secret", "acme", "ada", "authenticator-1");
        enroll.getEnrollAuthenticator().setMethod(VerificationMethod.PASSKEY);
        enroll.getEnrollAuthenticator().setSealedSecret(ByteBuffer.wrap(challenge));
        pipe(topics.userCommands, KEY, enroll);
        pipe(topics.verifyEvents, KEY, ofPasskey(Browser.registration(key, "authenticator-1", "challenge-1"), 3));
        var answer = Browser.assertion(key, "challenge-2", "signIn", "key-1", Instant.ofEpochSecond(655));
        pipe(topics.verifyEvents, KEY, ofPasskey(answer, 4));
        pipe(topics.verifyEvents, KEY, ofPasskey(answer, 4)); // redelivered
        pipe(topics.verifyEvents, KEY, ofPasskey(answer, 5)); // replayed

        var verifications = read(topics.verifications);

        assertThat(verifications)
                .extracting(each -> each.value().getResult())
                .containsExactly(
                        VerificationResult.VERIFIED,
                        VerificationResult.VERIFIED,
                        VerificationResult.VERIFIED,
                        VerificationResult.REFUSED);
        assertThat(verifications.get(2).value()).isEqualTo(verifications.get(1).value());
        assertThat(verifications.toString() + read(topics.userChanges)).doesNotContain(key.credentialId());
        assertThat(view().getPasskeys().values())
                .extracting(PasskeyCredential::getCredentialId)
                .containsExactly(key.credentialId());
        sluice.schemas.User stored = driver.<String, sluice.schemas.User>getKeyValueStore(RulesTopology.USER)
                .get(KEY);
        assertThat(new String(new AvroSerde<>(sluice.schemas.User.class, topics.schemaIds()).toBytes(stored), UTF_8))
                .doesNotContain(key.credentialId());
    }

    private VerifyEvent ofPasskey(String json, int number) {
        var event = verifyEvent("event-" + number, "key-1", json);
        event.setMethod(VerificationMethod.PASSKEY);
        return event;
    }

    /** E11: what the backend tells of a user is nowhere in the clear. */
    @Test
    void givenPersonalData_whenStored_thenTheStoreHasItSealedAndTheQueryOpensIt() {
        var event = trackEvent("event-1", "key-1");
        var attributes =
                TrackAttributes.newBuilder().setEmail("ada@example.com").build();
        var serde = new AvroSerde<>(TrackAttributes.class, topics.schemaIds());
        event.setSealedAttributes(
                ByteBuffer.wrap(sealing.seal(serde.toBytes(attributes), "track", "acme", "ada", "event-1")));
        pipe(topics.trackEvents, KEY, event);

        sluice.schemas.User stored = driver.<String, sluice.schemas.User>getKeyValueStore(RulesTopology.USER)
                .get(KEY);

        var bytes = new AvroSerde<>(sluice.schemas.User.class, topics.schemaIds()).toBytes(stored);
        assertThat(new String(bytes, UTF_8)).doesNotContain("ada@");
        assertThat(view().getProfile().getEmail()).isEqualTo("ada@example.com");
    }

    /** E11: what the ingress found out decides, and what is remembered of it lies sealed. */
    @Test
    void givenWhatTheIngressFoundOut_whenARuleReadsIt_thenItDecidesAndIsRememberedUnderSeal() {
        acme.rule("signIn", "x", 0, ActionOutcome.ALLOW, "{'==':[{'var':'ip.countryCode'},'NZ']}")
                .rule("signIn", "y", 1, ActionOutcome.BLOCK, "{'==':[{'var':'device.isNew'},false]}");
        var attributes = TrackAttributes.newBuilder()
                .setIpAddress("192.0.2.7")
                .setDeviceId("adas-phone")
                .setEnrichment(Enrichment.newBuilder()
                        .setAddress("192.0.2.7")
                        .setCountry("NZ")
                        .build())
                .build();
        var serde = new AvroSerde<>(TrackAttributes.class, topics.schemaIds());
        var event = trackEvent("event-1", "key-1");
        event.setSealedAttributes(
                ByteBuffer.wrap(sealing.seal(serde.toBytes(attributes), "track", "acme", "ada", "event-1")));
        pipe(topics.trackEvents, KEY, event);
        var again = trackEvent("event-2", "key-2");
        again.setAttributes(
                TrackAttributes.newBuilder().setDeviceId("adas-phone").build());
        pipe(topics.trackEvents, KEY, again);

        assertThat(read(topics.decisions))
                .extracting(each -> each.value().getState())
                .containsExactly(ActionState.ALLOW, ActionState.BLOCK);
        sluice.schemas.User stored = driver.<String, sluice.schemas.User>getKeyValueStore(RulesTopology.USER)
                .get(KEY);
        var bytes = new AvroSerde<>(sluice.schemas.User.class, topics.schemaIds()).toBytes(stored);
        assertThat(new String(bytes, UTF_8)).doesNotContain("adas-phone", "192.0.2.7");
    }

    /** E11: what users share is on the log as hashes alone. */
    @Test
    void givenAnAddressAndADevice_whenTracked_thenTheyAreObservedAsHashesWithoutTheEventsHeaders() {
        var event = trackEvent("event-1", "key-1");
        event.setAttributes(TrackAttributes.newBuilder()
                .setIpAddress("192.0.2.1")
                .setDeviceId("phone-of-ada")
                .setEnrichment(Enrichment.newBuilder().setAddress("192.0.2.1").build())
                .build());
        var headers = new RecordHeaders().add(Topics.REPLY_PARTITION, "3".getBytes(UTF_8));
        pipe(topics.userCommands, KEY, vouchCommand("ada"));
        pipe(topics.trackEvents, KEY, event, headers);
        pipe(topics.verifyEvents, KEY, recoverEvent("event-2", "key-1"));
        pipe(topics.trackEvents, KEY, trackEvent("event-3", "key-1"));

        var observations = read(topics.signalObservations);

        assertThat(observations)
                .extracting(each -> each.value().getSignal())
                .containsExactly(SignalKind.ADDRESS, SignalKind.DEVICE);
        assertThat(observations).allSatisfy(each -> {
            assertThat(each.key()).startsWith("acme/" + each.value().getSignal() + "/");
            assertThat(each.toString()).doesNotContain("192.0.2.1", "phone-of-ada", "ada");
            assertThat(each.value().getKind()).isEqualTo(ObservationKind.USER);
            assertThat(each.headers()).isEmpty();
        });
    }

    /** E11. */
    @Test
    void givenAnUpdate_whenStored_thenItIsSealedThereAndOnTheLogAndTheQueryOpensIt() {
        var told = Profile.newBuilder()
                .setEmail("ada@example.com")
                .setEmailVerified(true)
                .setDisplayName("Ada")
                .setCustom(Map.of(
                        "tier",
                        new CustomValue("gold", null, null, null),
                        "plans",
                        new CustomValue(null, null, null, List.of("gold", "silver"))))
                .setLocale("en-GB")
                .build();
        var headers = new RecordHeaders().add(Topics.REPLY_PARTITION, "3".getBytes(UTF_8));
        pipe(topics.userCommands, KEY, updateCommand("event-1", new UserUpdate(told, List.of())), headers);

        var changed = read(topics.userChanges).get(0);

        assertThat(changed.value().getKind()).isEqualTo(UserChangeKind.PROFILE_UPDATED);
        assertThat(changed.value().toString()).doesNotContain("ada@", "Ada", "gold", "silver");
        assertThat(changed.headers()).isEqualTo(headers);
        assertThat(view().getProfile()).isEqualTo(told);
    }

    @Test
    void givenAnUpdateSealedForAnotherUser_whenItComes_thenItIsADeadLetter() {
        var command =
                updateCommand("event-1", new UserUpdate(Profile.newBuilder().build(), List.of()));
        command.setUserId("eve");
        pipe(topics.userCommands, "acme/eve", command);

        assertThat(read(topics.userChanges)).isEmpty();
        assertThat(driver.createOutputTopic(
                                topics.deadLetters(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                        .readRecordsToList())
                .hasSize(1);
    }

    @Test
    void givenADeletedUser_whenAsked_thenTheyAreAsUnknownAsAnybody() {
        pipe(
                topics.userCommands,
                KEY,
                updateCommand(
                        "event-1",
                        new UserUpdate(
                                Profile.newBuilder().setEmail("ada@example.com").build(), List.of())));
        pipe(topics.userCommands, KEY, command("event-2", UserCommandKind.DELETE_USER));

        assertThat(view()).isEqualTo(UserView.newBuilder().setIsEnrolled(false).build());
        assertThat(driver.<String, sluice.schemas.User>getKeyValueStore(RulesTopology.USER)
                        .get(KEY)
                        .getSealedProfile())
                .isNull();
    }

    /** E11. */
    @Test
    void givenAVouchedContact_whenStored_thenItIsSealedThereAndOnTheLogAndCanBeOpenedForItsAuthenticator() {
        var command = command("event-1", UserCommandKind.ADD_AUTHENTICATOR);
        var sealed = sealing.seal("+15550100".getBytes(UTF_8), "contact", "acme", "ada", "authenticator-1");
        command.setAddAuthenticator(
                new AddAuthenticator("authenticator-1", VerificationMethod.SMS, ByteBuffer.wrap(sealed), null, null));
        pipe(topics.userCommands, KEY, command);

        var authenticator = view().getAuthenticators().get(0);

        assertThat(authenticator)
                .isEqualTo(read(topics.userChanges).get(0).value().getAuthenticator());
        var contact = sealing.open(
                Sealed.of(authenticator.getSealedContact()).bytes(), "contact", "acme", "ada", "authenticator-1");
        assertThat(new String(contact, UTF_8)).isEqualTo("+15550100");
        sluice.schemas.User stored = driver.<String, sluice.schemas.User>getKeyValueStore(RulesTopology.USER)
                .get(KEY);
        assertThat(new String(new AvroSerde<>(sluice.schemas.User.class, topics.schemaIds()).toBytes(stored), UTF_8))
                .doesNotContain("5550100");
    }

    /** E11, S11: the ingress learns where to send, and nobody else does. */
    @Test
    void givenAnAddressThatIsBound_whenTheLinkIsAccepted_thenAQueryTellsSoAndAddressAndSecretStaySealed() {
        acme.email(true);
        var enrolment = command("event-2", UserCommandKind.ENROLL_CONTACT);
        enrolment.setEnrollContact(new EnrollContact(
                "authenticator-1",
                VerificationMethod.EMAIL_MAGIC_LINK,
                sealed("ada@example.com", "contact", "authenticator-1"),
                sealed("link-secret-1", "secret", "event-2"),
                "signIn",
                "key-1",
                false,
                Instant.ofEpochSecond(655)));
        var sending = command("event-3", UserCommandKind.SEND_CODE);
        sending.setSendCode(new SendCode(
                VerificationMethod.EMAIL_MAGIC_LINK, sealed("link-secret-2", "secret", "event-3"), "signIn", "key-1"));
        var answer = verifyEvent("event-4", "key-1", "link-secret-2");
        answer.setMethod(VerificationMethod.EMAIL_MAGIC_LINK);
        pipe(topics.trackEvents, KEY, trackEvent("event-1", "key-1"));
        pipe(topics.userCommands, KEY, enrolment);
        pipe(topics.userCommands, KEY, sending);
        assertThat(view().getConfirmedLink()).isNull();
        pipe(topics.verifyEvents, KEY, answer);

        assertThat(read(topics.verifications).get(0).value().getResult()).isEqualTo(VerificationResult.VERIFIED);
        assertThat(view().getConfirmedLink()).isEqualTo(new ConfirmedLink("signIn", "key-1", "authenticator-1"));
        assertThat(read(topics.userChanges))
                .extracting(each -> each.value().getKind())
                .containsExactly(
                        UserChangeKind.ENROLMENT_STARTED,
                        UserChangeKind.CODE_ISSUED,
                        UserChangeKind.AUTHENTICATOR_CREATED);
        sluice.schemas.User stored = driver.<String, sluice.schemas.User>getKeyValueStore(RulesTopology.USER)
                .get(KEY);
        assertThat(new String(new AvroSerde<>(sluice.schemas.User.class, topics.schemaIds()).toBytes(stored), UTF_8))
                .doesNotContain("ada@example.com", "link-secret");
    }

    private ByteBuffer sealed(String text, String purpose, String id) {
        return ByteBuffer.wrap(sealing.seal(text.getBytes(UTF_8), purpose, "acme", "ada", id));
    }

    /** S20: the codes come as hashes, sealed; what is right is known by them alone. */
    @Test
    void givenRecoveryCodes_whenOneComes_thenItIsVerifiedOnceAndIsNowhereInTheClear() {
        pipe(topics.userCommands, KEY, vouchCommand("ada"));
        pipe(topics.trackEvents, KEY, trackEvent("event-2", "key-1"));
        pipe(topics.verifyEvents, KEY, recoverEvent("event-3", "key-1"));
        pipe(topics.trackEvents, KEY, trackEvent("event-4", "key-2"));
        pipe(topics.verifyEvents, KEY, recoverEvent("event-5", "key-2"));

        assertThat(read(topics.userChanges).get(0).value().getRecoveryCodes().getAuthenticatorId())
                .isEqualTo("codes-1");
        var verifications = read(topics.verifications);
        assertThat(verifications)
                .extracting(each -> each.value().getResult())
                .containsExactly(VerificationResult.VERIFIED, VerificationResult.REFUSED);
        assertThat(verifications.get(1).value().getCause()).isEqualTo(RefusalCause.REPLAYED_CODE);
        assertThat(verifications.get(0).value().getAuthenticator().getMethod())
                .isEqualTo(VerificationMethod.RECOVERY_CODE);
        sluice.schemas.User stored = driver.<String, sluice.schemas.User>getKeyValueStore(RulesTopology.USER)
                .get(KEY);
        assertThat(stored.getRecoveryCodes().getSpent()).hasSize(1);
        assertThat(stored.getRecoveryCodes().getUnspent()).isEmpty();
        assertThat(stored.toString()).doesNotContain(RECOVERY_CODE.grouped());
        assertThat(view().getAuthenticators()).hasSize(1);
    }

    @Test
    void givenRecoveryCodesSealedForAnotherUser_whenTheyCome_thenTheyAreADeadLetter() {
        pipe(topics.userCommands, KEY, vouchCommand("eve"));

        assertThat(read(topics.userChanges)).isEmpty();
        assertThat(view().getIsEnrolled()).isFalse();
    }

    private UserCommand vouchCommand(String sealedFor) {
        var serde = new AvroSerde<>(RecoveryHashes.class, topics.schemaIds());
        var salt = "00".repeat(RecoverySet.SALT_BYTES);
        var hashes = new RecoveryHashes(
                ByteBuffer.allocate(RecoverySet.SALT_BYTES),
                List.of(ByteBuffer.wrap(HexFormat.of().parseHex(RECOVERY_CODE.hash(salt)))));
        var sealed = sealing.seal(serde.toBytes(hashes), "recovery-codes", "acme", sealedFor, "codes-1");
        var contact = sealing.seal("+15550100".getBytes(UTF_8), "contact", "acme", "ada", "authenticator-1");
        var command = command("event-1", UserCommandKind.ADD_AUTHENTICATOR);
        command.setAddAuthenticator(new AddAuthenticator(
                "authenticator-1",
                VerificationMethod.SMS,
                ByteBuffer.wrap(contact),
                null,
                new NewRecoveryCodes("codes-1", ByteBuffer.wrap(sealed))));
        return command;
    }

    private VerifyEvent recoverEvent(String eventId, String idempotencyKey) {
        var event = verifyEvent(eventId, idempotencyKey, RECOVERY_CODE.grouped());
        event.setMethod(VerificationMethod.RECOVERY_CODE);
        return event;
    }

    /** S27: what a refresh token is judged by is a hash, and the log has not even that after the command. */
    @Test
    void givenASession_whenItIsRefreshedAndRevoked_thenTheStoreHasItsHashAndTheLogOnlyWhatHappened() {
        acme.outcome("signIn", ActionOutcome.ALLOW);
        pipe(topics.trackEvents, KEY, trackEvent("event-1", "key-1"));
        pipe(topics.userCommands, KEY, createSession("event-2", SessionStory.hash("secret")));
        var created = view().getSessions().get(0);
        var refresh = command("event-3", UserCommandKind.REFRESH_SESSION);
        refresh.setRefreshSession(new RefreshSession(
                created.getSessionId(), 1, SessionStory.hash("secret"), Instant.ofEpochSecond(5000)));
        pipe(topics.userCommands, KEY, refresh);
        var refreshed = view().getSessions().get(0);
        var revoke = command("event-4", UserCommandKind.REVOKE_SESSION);
        revoke.setRevokeSession(new RevokeSession(created.getSessionId()));
        pipe(topics.userCommands, KEY, revoke);

        var changes = read(topics.userChanges);

        assertThat(created.getClientId()).isEqualTo("web");
        assertThat(refreshed.getGeneration()).isEqualTo(2);
        assertThat(refreshed.getExpiresAt()).isEqualTo(Instant.ofEpochSecond(5000));
        assertThat(view().getSessions()).isEmpty();
        assertThat(changes)
                .extracting(each -> each.value().getKind())
                .containsExactly(
                        UserChangeKind.SESSION_CREATED,
                        UserChangeKind.SESSION_REFRESHED,
                        UserChangeKind.SESSION_REVOKED);
        assertThat(changes)
                .extracting(each -> each.value().getSession())
                .containsExactly(created, refreshed, refreshed);
        assertThat(changes.toString()).doesNotContain(SessionStory.hash("secret"));
    }

    @Test
    void givenASessionCommandWithoutAHash_whenItComes_thenItIsADeadLetter() {
        pipe(topics.userCommands, KEY, createSession("event-1", "the secret itself"));

        assertThat(read(topics.userChanges)).isEmpty();
        assertThat(driver.createOutputTopic(
                                topics.deadLetters(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                        .readRecordsToList())
                .hasSize(1);
    }

    private static UserCommand createSession(String eventId, String secretHash) {
        var command = command(eventId, UserCommandKind.CREATE_SESSION);
        command.setCreateSession(CreateSession.newBuilder()
                .setActionCode("signIn")
                .setIdempotencyKey("key-1")
                .setClientId("web")
                .setSecretHash(secretHash)
                .setExpiresAt(Instant.ofEpochSecond(1000))
                .setEndsAt(Instant.ofEpochSecond(9000))
                .build());
        return command;
    }

    private UserCommand updateCommand(String eventId, UserUpdate update) {
        var command = command(eventId, UserCommandKind.UPDATE_USER);
        var serde = new AvroSerde<>(UserUpdate.class, topics.schemaIds());
        command.setUpdateUser(new UpdateUser(
                ByteBuffer.wrap(sealing.seal(serde.toBytes(update), "user-update", "acme", "ada", eventId))));
        return command;
    }

    private static UserCommand command(String eventId, UserCommandKind kind) {
        return UserCommand.newBuilder()
                .setEventId(eventId)
                .setTenantId("acme")
                .setUserId("ada")
                .setReceivedAt(Instant.ofEpochSecond(55))
                .setKind(kind)
                .build();
    }

    @Test
    void givenAUserNobodyKnows_whenAsked_thenTheyAreNotEnrolled() {
        assertThat(view().getIsEnrolled()).isFalse();
        assertThat(view().getProfile()).isNull();
    }

    @Test
    void givenRecordsThatAreNoEvents_whenTheyCome_thenTheyAreDeadLettersAndThePartitionGoesOn() {
        var unopenable = verifyEvent("event-1", "key-1", "123456");
        unopenable.setUserId("ada");
        unopenable.setSealedCode(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        pipeBytes(topics.trackEvents, new byte[] {1, 2, 3});
        pipe(topics.trackEvents, "acme/eve", trackEvent("event-2", "key-1"));
        pipe(topics.verifyEvents, KEY, unopenable);
        var foreign = trackEvent("event-3", "key-1");
        foreign.setTenantId("nobody");
        pipe(topics.trackEvents, "nobody/ada", foreign);
        var nul = trackEvent("event-4", "key\0-1");
        pipe(topics.trackEvents, KEY, nul);
        pipeBytes(topics.trackEvents, null);
        var ofTomorrow = trackEvent("event-5", "key-1");
        ofTomorrow.setActionCode("sign in");
        pipe(topics.trackEvents, KEY, ofTomorrow);
        pipe(topics.trackEvents, KEY, trackEvent("event-6", "key-6"));

        var deadLetters = driver.createOutputTopic(
                        topics.deadLetters(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();

        assertThat(deadLetters).hasSize(7);
        assertThat(deadLetters.get(1).headers().lastHeader("__streams.errors.message"))
                .isNotNull();
        assertThat(read(topics.decisions))
                .extracting(each -> each.value().getCauseId())
                .containsExactly("event-6");
    }

    private String codeOfStepOne() {
        return "287082"; // RFC 6238 Appendix B, at 59 s
    }

    private UserView view() {
        var query =
                new UserQuery(partition -> driver.getKeyValueStore(RulesTopology.USER), sealing, topics.schemaIds());
        return new AvroSerde<>(UserView.class, topics.schemaIds()).fromBytes(query.answer(0, KEY.getBytes(UTF_8)));
    }

    private static TrackEvent trackEvent(String eventId, String idempotencyKey) {
        return TrackEvent.newBuilder()
                .setEventId(eventId)
                .setTenantId("acme")
                .setUserId("ada")
                .setActionCode("signIn")
                .setIdempotencyKey(idempotencyKey)
                .setReceivedAt(Instant.ofEpochSecond(50))
                .build();
    }

    private UserCommand enrollCommand(String eventId, String idempotencyKey) {
        var sealed = sealing.seal(Acme.SECRET, "secret", "acme", "ada", "authenticator-1");
        return UserCommand.newBuilder()
                .setEventId(eventId)
                .setTenantId("acme")
                .setUserId("ada")
                .setReceivedAt(Instant.ofEpochSecond(55))
                .setKind(UserCommandKind.ENROLL_AUTHENTICATOR)
                .setEnrollAuthenticator(new EnrollAuthenticator(
                        "authenticator-1",
                        VerificationMethod.AUTHENTICATOR_APP,
                        ByteBuffer.wrap(sealed),
                        "signIn",
                        idempotencyKey,
                        false,
                        Instant.ofEpochSecond(655)))
                .build();
    }

    private VerifyEvent verifyEvent(String eventId, String idempotencyKey, String code) {
        return VerifyEvent.newBuilder()
                .setEventId(eventId)
                .setTenantId("acme")
                .setUserId("ada")
                .setActionCode("signIn")
                .setIdempotencyKey(idempotencyKey)
                .setMethod(VerificationMethod.AUTHENTICATOR_APP)
                .setSealedCode(ByteBuffer.wrap(sealing.seal(code.getBytes(UTF_8), "verify", "acme", "ada", eventId)))
                .setReceivedAt(Instant.ofEpochSecond(59))
                .build();
    }

    private <V extends SpecificRecord> void pipe(Topic<V> topic, String key, V value) {
        pipe(topic, key, value, new RecordHeaders());
    }

    private <V extends SpecificRecord> void pipe(Topic<V> topic, String key, V value, Headers headers) {
        driver.createInputTopic(
                        topic.name(), new StringSerializer(), topic.value().serializer())
                .pipeInput(new TestRecord<>(key, value, headers, AT));
    }

    private void pipeBytes(Topic<?> topic, byte @Nullable [] bytes) {
        driver.createInputTopic(topic.name(), new StringSerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(KEY, bytes, new RecordHeaders(), AT));
    }

    private <V extends SpecificRecord> List<TestRecord<String, V>> read(Topic<V> topic) {
        return driver.createOutputTopic(
                        topic.name(), new StringDeserializer(), topic.value().deserializer())
                .readRecordsToList();
    }
}
