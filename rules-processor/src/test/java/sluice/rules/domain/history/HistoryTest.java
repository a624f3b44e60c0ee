package sluice.rules.domain.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.rules.domain.ActionKey;
import sluice.rules.domain.CustomValue;

class HistoryTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final ActionKey SIGN_IN = new ActionKey("signIn", "1");
    private static final Surroundings PHONE_IN_PARIS = new Surroundings(
            Optional.of("phone"),
            Optional.of("192.0.2.1"),
            Optional.of("FR"),
            Optional.of(48.8566),
            Optional.of(2.3522),
            Optional.of("Firefox on Android"));

    private static Observation signIn(Surroundings came, Instant at) {
        return new Observation(at, SIGN_IN, came, Map.of());
    }

    @Test
    void givenADeviceThatOnlyTried_whenItTriesAgain_thenItIsStillNotKnown() {
        var history = History.NONE
                .tracked(signIn(PHONE_IN_PARIS, START))
                .failed(SIGN_IN, START.plusSeconds(9))
                .tracked(
                        new Observation(START.plusSeconds(20), new ActionKey("signIn", "2"), PHONE_IN_PARIS, Map.of()));

        assertThat(history.devices().isKnown("phone")).isFalse();
        assertThat(history.failedChallenges().count(Window.HOUR, START.plusSeconds(20)))
                .isOne();
    }

    @Test
    void givenAChallenge_whenItIsMet_thenAllThatTheUserCameWithIsTheirs() {
        var met = START.plusSeconds(9);
        var history = History.NONE.tracked(signIn(PHONE_IN_PARIS, START)).succeeded(SIGN_IN, met);

        assertThat(history.devices().isKnown("phone")).isTrue();
        assertThat(history.addresses().isKnown("192.0.2.1")).isTrue();
        assertThat(history.countries().isKnown("FR")).isTrue();
        assertThat(history.browsers().isKnown("Firefox on Android")).isTrue();
        assertThat(history.lastSuccessAt()).hasValue(met);
        assertThat(history.lastVerifiedPlace()).hasValue(new Place(48.8566, 2.3522, met));
        assertThat(history.open()).isEmpty();
    }

    @Test
    void givenAnAllowedAction_whenItIsOver_thenTheDeviceIsKnownButNobodyWasVerified() {
        var history = History.NONE.tracked(signIn(PHONE_IN_PARIS, START)).allowed(SIGN_IN, START);

        assertThat(history.devices().isKnown("phone")).isTrue();
        assertThat(history.lastSuccessAt()).isEmpty();
        assertThat(history.lastVerifiedPlace()).isEmpty();
    }

    @Test
    void givenABlockedAction_whenItsChallengeIsMetAllTheSame_thenTheDeviceStaysNew() {
        var history = History.NONE
                .tracked(signIn(PHONE_IN_PARIS, START))
                .blocked(SIGN_IN)
                .succeeded(SIGN_IN, START.plusSeconds(9));

        assertThat(history.devices().isKnown("phone")).isFalse();
        assertThat(history.lastSuccessAt()).isPresent();
        assertThat(history.lastVerifiedPlace()).isEmpty();
    }

    @Test
    void givenPayments_whenAggregated_thenNumbersAreSummedAndTextsToldApartByActionCode() {
        var payment = new ActionKey("pay", "1");
        var history = History.NONE;
        for (var i = 0; i < 3; i++) {
            history = history.tracked(new Observation(
                    START.plusSeconds(i),
                    payment,
                    Surroundings.UNKNOWN,
                    Map.of("amount", number(10 + i), "payee", text(i == 2 ? "eve" : "bob"))));
        }

        var now = START.plusSeconds(2);
        var amount = history.aggregate("pay", "amount").orElseThrow();
        assertThat(amount.values().sum(Window.DAY, now)).isEqualTo(33);
        assertThat(amount.values().max(Window.DAY, now)).hasValue(12);
        assertThat(history.aggregate("pay", "payee").orElseThrow().texts().distinct(Window.DAY, now))
                .isEqualTo(2);
        assertThat(history.aggregate("signIn", "amount")).isEmpty();
        assertThat(history.activity("pay").orElseThrow().tracks().count(Window.TEN_MINUTES, now))
                .isEqualTo(3);
    }

    @Test
    void givenManyKindsOfActions_whenTracked_thenTheHistoryStaysBounded() {
        var history = History.NONE;
        for (var i = 0; i < 100; i++) {
            var at = START.plusSeconds(i);
            history = history.tracked(new Observation(
                    at, new ActionKey("action-" + i, "1"), PHONE_IN_PARIS, Map.of("a", number(i), "b", text("x" + i))));
        }

        assertThat(history.activities()).hasSize(History.ACTIVITIES_MAX);
        assertThat(history.aggregates()).hasSize(History.AGGREGATES_MAX);
        assertThat(history.open()).hasSize(History.OPEN_MAX);
        assertThat(history.activity("action-99")).isPresent();
        assertThat(history.activity("action-0")).isEmpty();
    }

    private static CustomValue number(double number) {
        return CustomValue.of(number);
    }

    private static CustomValue text(String text) {
        return CustomValue.of(text);
    }
}
