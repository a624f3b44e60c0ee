package sluice.fuzz;

import java.util.Locale;
import sluice.challenge.kafka.ChallengeLogFuzz;
import sluice.rule.ConditionFuzz;
import sluice.rules.domain.webauthn.PasskeyFuzz;
import sluice.rules.kafka.RulesLogFuzz;
import sluice.schemas.wire.RecordFuzz;
import sluice.track.enrich.TextFuzz;
import sluice.track.http.BodyFuzz;
import sluice.track.http.HttpFuzz;
import sluice.track.http.QueryFuzz;
import sluice.track.http.management.ManagementBodyFuzz;
import sluice.track.token.TokenFuzz;

/** Everything that is fed. Each has a folder of inputs in {@code src/test/resources/sluice/fuzz}. */
enum Target {
    BODY(BodyFuzz.class, BodyFuzz::fuzzerTestOneInput),
    MANAGEMENT_BODY(ManagementBodyFuzz.class, ManagementBodyFuzz::fuzzerTestOneInput),
    QUERY(QueryFuzz.class, QueryFuzz::fuzzerTestOneInput),
    HTTP(HttpFuzz.class, HttpFuzz::fuzzerTestOneInput),
    TEXT(TextFuzz.class, TextFuzz::fuzzerTestOneInput),
    TOKEN(TokenFuzz.class, TokenFuzz::fuzzerTestOneInput),
    PASSKEY(PasskeyFuzz.class, PasskeyFuzz::fuzzerTestOneInput),
    CONDITION(ConditionFuzz.class, ConditionFuzz::fuzzerTestOneInput),
    RECORD(RecordFuzz.class, RecordFuzz::fuzzerTestOneInput),
    RULES_LOG(RulesLogFuzz.class, RulesLogFuzz::fuzzerTestOneInput),
    CHALLENGE_LOG(ChallengeLogFuzz.class, ChallengeLogFuzz::fuzzerTestOneInput);

    private final Class<?> type;

    @SuppressWarnings("ImmutableEnumChecker") // a reference to a static method
    private final Run run;

    Target(Class<?> type, Run run) {
        this.type = type;
        this.run = run;
    }

    /** What is called with an input; whatever it throws is a finding. */
    @FunctionalInterface
    private interface Run {
        void with(byte[] input) throws Exception;
    }

    /** What people call it. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The class that Jazzer is told of. */
    String className() {
        return type.getName();
    }

    void feed(byte[] input) throws Exception {
        run.with(input);
    }
}
