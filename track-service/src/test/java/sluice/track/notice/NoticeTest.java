package sluice.track.notice;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import sluice.runtime.seal.Keyset;
import sluice.runtime.seal.Sealing;
import sluice.schemas.Authenticator;
import sluice.schemas.Profile;
import sluice.schemas.UserChange;
import sluice.schemas.UserChangeKind;
import sluice.schemas.UserView;
import sluice.schemas.Verification;
import sluice.schemas.VerificationMethod;
import sluice.schemas.VerificationResult;
import sluice.track.mail.EmailAddress;
import sluice.track.mail.News;

/** S18: of what a user is told, and where. */
class NoticeTest {
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final int HOUR = 60;

    @TempDir
    private Path folder;

    private Sealing sealing;

    @BeforeEach
    void open() throws IOException {
        sealing = Keyset.open(folder);
    }

    private Authenticator mailbox(String address, int minute) {
        var id = "id-of-" + address;
        var contact = sealing.seal(address.getBytes(UTF_8), "contact", "acme", "ada", id);
        return authenticator(id, VerificationMethod.EMAIL_OTP, minute)
                .setSealedContact(ByteBuffer.wrap(contact))
                .build();
    }

    private static Authenticator.Builder authenticator(String id, VerificationMethod method, int minute) {
        return Authenticator.newBuilder()
                .setAuthenticatorId(id)
                .setMethod(method)
                .setCreatedAt(NOON.plusSeconds(60L * (minute - HOUR)))
                .setIsDefault(false);
    }

    private static Authenticator app() {
        return authenticator("app", VerificationMethod.AUTHENTICATOR_APP, 0).build();
    }

    private static UserChange.Builder change(UserChangeKind kind) {
        return UserChange.newBuilder()
                .setEventId("event")
                .setCauseId("cause")
                .setTenantId("acme")
                .setUserId("ada")
                .setChangedAt(NOON)
                .setKind(kind);
    }

    private static Notice notice(UserChangeKind kind, Authenticator changed) {
        return Notice.of(change(kind).setAuthenticator(changed).build()).orElseThrow();
    }

    private static UserView user(Optional<String> email, Authenticator... authenticators) {
        var profile = Profile.newBuilder()
                .setEmail(email.orElse(null))
                .setCustom(Map.of())
                .build();
        return UserView.newBuilder()
                .setIsEnrolled(true)
                .setProfile(profile)
                .setAuthenticators(List.of(authenticators))
                .setSessions(List.of())
                .setPasskeys(Map.of())
                .setOpenCodes(List.of())
                .build();
    }

    private List<String> addressees(Notice notice, UserView user) {
        return new Addressees(sealing)
                .of(notice, user).stream().map(EmailAddress::text).toList();
    }

    @Test
    void givenABoundAddressAndTheProfiles_whenSomethingChanges_thenItGoesToBothThatThereAre() {
        var notice = notice(UserChangeKind.AUTHENTICATOR_CREATED, app());
        var bound = mailbox("bound@example.com", 1);
        var profiled = Optional.of("profile@example.com");

        assertThat(addressees(notice, user(profiled, app(), bound)))
                .containsExactly("bound@example.com", "profile@example.com");
        assertThat(addressees(notice, user(Optional.of("bound@example.com"), app(), bound)))
                .containsExactly("bound@example.com");
        assertThat(addressees(notice, user(profiled, app()))).containsExactly("profile@example.com");
        assertThat(addressees(notice, user(Optional.empty(), app()))).isEmpty();
        assertThat(addressees(notice, user(Optional.of("no address"), app()))).isEmpty();
    }

    /** Somebody who has the user's session binds an address of their own. */
    @Test
    void givenANewAddress_whenItIsToldOf_thenWhoeverWasThereBeforeIs() {
        var old = mailbox("old@example.com", 1);
        var eves = mailbox("eve@example.com", 2);
        var notice = notice(UserChangeKind.AUTHENTICATOR_CREATED, eves);
        var later = notice(UserChangeKind.AUTHENTICATOR_UPDATED, eves);

        assertThat(addressees(notice, user(Optional.empty(), eves, old))).containsExactly("old@example.com");
        assertThat(addressees(later, user(Optional.empty(), eves, old))).containsExactly("old@example.com");
        assertThat(addressees(notice, user(Optional.of("ada@example.com"), eves)))
                .containsExactly("ada@example.com");
        assertThat(addressees(notice, user(Optional.empty(), eves)))
                .as("there is no other")
                .containsExactly("eve@example.com");
    }

    /** Two of their own at once: by the time the mail is made, the second is there. */
    @Test
    void givenAnAddressThatWasBoundSince_whenTheNoticeIsMade_thenItIsNotTaken() {
        var first = mailbox("eve-1@example.com", 2);
        var since = mailbox("eve-2@example.com", HOUR + 1);
        var notice = notice(UserChangeKind.AUTHENTICATOR_CREATED, first);

        assertThat(addressees(notice, user(Optional.of("ada@example.com"), first, since)))
                .containsExactly("ada@example.com");
    }

    @Test
    void givenAnAddressThatIsRemoved_whenItIsToldOf_thenTheOldOneIsToo() {
        var old = mailbox("old@example.com", 1);
        var other = mailbox("other@example.com", 2);
        var notice = notice(UserChangeKind.AUTHENTICATOR_DELETED, old);
        var unreadable = authenticator("gone", VerificationMethod.EMAIL_OTP, 0)
                .setSealedContact(old.getSealedContact())
                .build();

        assertThat(addressees(notice, user(Optional.empty(), other)))
                .containsExactly("other@example.com", "old@example.com");
        assertThat(addressees(notice, user(Optional.empty()))).containsExactly("old@example.com");
        assertThat(addressees(notice(UserChangeKind.AUTHENTICATOR_DELETED, unreadable), user(Optional.empty(), other)))
                .containsExactly("other@example.com");
    }

    @ParameterizedTest
    @EnumSource(
            value = UserChangeKind.class,
            mode = Mode.EXCLUDE,
            names = {"AUTHENTICATOR_CREATED", "AUTHENTICATOR_ADDED", "AUTHENTICATOR_UPDATED", "AUTHENTICATOR_DELETED"})
    void givenAnyOtherChange_whenItIsRead_thenNothingIsToldUnlessCodesWereIssued(UserChangeKind kind) {
        var codes = authenticator("codes", VerificationMethod.RECOVERY_CODE, 0).build();

        assertThat(Notice.of(change(kind).build())).isEmpty();
        assertThat(Notice.of(change(kind).setRecoveryCodes(codes).build()))
                .hasValueSatisfying(notice -> assertThat(notice.news()).containsExactly(News.CODES_ISSUED));
    }

    @Test
    void givenVerifications_whenTheyAreRead_thenOnlyARecoveryCodeThatWasSpentIsToldOf() {
        var told = Stream.of(VerificationResult.values())
                .flatMap(result -> Stream.of(VerificationMethod.RECOVERY_CODE, VerificationMethod.PASSKEY)
                        .flatMap(method -> Notice.of(verification(result, method)).stream()))
                .toList();

        assertThat(told).extracting(Notice::news).containsExactly(List.of(News.CODE_SPENT));
    }

    private static Verification verification(VerificationResult result, VerificationMethod method) {
        return Verification.newBuilder()
                .setEventId("event")
                .setCauseId("cause")
                .setTenantId("acme")
                .setUserId("ada")
                .setActionCode("signIn")
                .setIdempotencyKey("key")
                .setVerifiedAt(NOON)
                .setResult(result)
                .setMethod(method)
                .setAttempt(1)
                .setEnrolled(false)
                .build();
    }
}
