package sluice.track.http.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.schemas.ActionState;
import sluice.schemas.VerificationMethod;

/** The binding rules of contract section 4, as a user sees them. */
class ViewTest {

    @ParameterizedTest
    @CsvSource({
        // state, isEnrolled, methods (the preferred one first), mayAdd, isEnrolmentForced, view
        "CHALLENGE_REQUIRED, false, '', false, false, ENROLL",
        "CHALLENGE_REQUIRED, true, AUTHENTICATOR_APP, false, false, CHALLENGE",
        "CHALLENGE_REQUIRED, true, AUTHENTICATOR_APP, true, false, CHALLENGE",
        "CHALLENGE_REQUIRED, true, AUTHENTICATOR_APP, false, true, CHALLENGE",
        "CHALLENGE_REQUIRED, true, AUTHENTICATOR_APP, true, true, ENROLL",
        "CHALLENGE_REQUIRED, true, AUTHENTICATOR_APP RECOVERY_CODE, false, false, CHALLENGE",
        "CHALLENGE_REQUIRED, true, PASSKEY, false, false, PASSKEY",
        "CHALLENGE_REQUIRED, true, PASSKEY AUTHENTICATOR_APP, false, false, PASSKEY",
        "CHALLENGE_REQUIRED, true, AUTHENTICATOR_APP PASSKEY, false, false, CHALLENGE",
        "CHALLENGE_REQUIRED, true, SMS PASSKEY RECOVERY_CODE, false, false, PASSKEY",
        "CHALLENGE_REQUIRED, true, EMAIL_OTP RECOVERY_CODE, false, false, EMAIL_CODE",
        "CHALLENGE_REQUIRED, true, EMAIL_MAGIC_LINK EMAIL_OTP, false, false, EMAIL_LINK",
        "CHALLENGE_REQUIRED, true, RECOVERY_CODE, false, false, RECOVERY",
        "CHALLENGE_REQUIRED, true, '', false, false, UNSUPPORTED",
        "CHALLENGE_REQUIRED, true, '', false, true, UNSUPPORTED",
        "CHALLENGE_REQUIRED, true, '', true, false, ENROLL",
        "ALLOW, false, '', false, false, ENROLL",
        "ALLOW, true, AUTHENTICATOR_APP, false, true, SUCCESS",
        "ALLOW, true, AUTHENTICATOR_APP, true, true, ENROLL",
        "CHALLENGE_SUCCEEDED, true, AUTHENTICATOR_APP, false, false, SUCCESS",
        "CHALLENGE_SUCCEEDED, true, AUTHENTICATOR_APP, false, true, ENROLL",
        "CHALLENGE_FAILED, false, '', true, true, FAILED",
        "BLOCK, false, '', true, true, BLOCKED",
        "REVIEW_REQUIRED, false, '', true, true, REVIEW",
        "REVIEW_SUCCEEDED, true, AUTHENTICATOR_APP, false, false, SUCCESS",
        "REVIEW_FAILED, true, AUTHENTICATOR_APP, false, false, BLOCKED",
        "UNKNOWN, true, AUTHENTICATOR_APP, true, true, INVALID"
    })
    void givenAUserAndAnAction_whenThePageIsAskedFor_thenItShows(
            ActionState state, boolean isEnrolled, String methods, boolean mayAdd, boolean isForced, View view) {
        var offered = methods(methods);
        var usable = Steps.methods(offered, offered);
        assertThat(View.of(state, isEnrolled, usable, offered.stream().findFirst(), mayAdd, isForced))
                .isEqualTo(view);
    }

    private static List<VerificationMethod> methods(String names) {
        return Arrays.stream(names.split(" "))
                .filter(name -> !name.isEmpty())
                .map(VerificationMethod::valueOf)
                .toList();
    }

    @Test
    void givenWhatCanBeAdded_whenSomethingIsToBe_thenTheAppComesFirstAndAPasskeyWhereItIsAlone() {
        var both = Set.of(VerificationMethod.AUTHENTICATOR_APP, VerificationMethod.PASSKEY);

        assertThat(View.ENROLL.adding(both)).isEqualTo(View.ENROLL);
        assertThat(View.ENROLL.adding(Set.of(VerificationMethod.PASSKEY))).isEqualTo(View.ENROLL_PASSKEY);
        assertThat(View.ENROLL.adding(Set.of(VerificationMethod.EMAIL_OTP))).isEqualTo(View.ENROLL_EMAIL_CODE);
        assertThat(View.ENROLL.adding(Set.of(VerificationMethod.EMAIL_MAGIC_LINK)))
                .isEqualTo(View.ENROLL_EMAIL_LINK);
        assertThat(View.CHALLENGE.adding(Set.of(VerificationMethod.PASSKEY))).isEqualTo(View.CHALLENGE);
    }

    @Test
    void givenAPageForSettings_whenNothingIsLeftToBeDone_thenTheyComeInItsPlace() {
        assertThat(View.SUCCESS.forSettings()).isEqualTo(View.SETTINGS);
        assertThat(View.CHALLENGE.forSettings()).isEqualTo(View.CHALLENGE);
        assertThat(View.BLOCKED.forSettings()).isEqualTo(View.BLOCKED);
    }

    @Test
    void givenMethodsThatAreEnrolledAndAllowed_whenThePageIsMade_thenItOffersThoseThatAreBothAndThatItHas() {
        assertThat(Steps.methods(
                        List.of(
                                VerificationMethod.AUTHENTICATOR_APP,
                                VerificationMethod.SMS,
                                VerificationMethod.RECOVERY_CODE),
                        List.of(VerificationMethod.SMS, VerificationMethod.RECOVERY_CODE, VerificationMethod.PASSKEY)))
                .containsExactly(VerificationMethod.RECOVERY_CODE);
    }
}
