package sluice.track.notice;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import sluice.runtime.seal.SealBrokenException;
import sluice.runtime.seal.Sealing;
import sluice.runtime.seal.domain.Sealed;
import sluice.schemas.Authenticator;
import sluice.schemas.Profile;
import sluice.schemas.UserView;
import sluice.schemas.VerificationMethod;
import sluice.track.mail.EmailAddress;
import sluice.track.mail.News;

/**
 * Whom a notice goes to: the address that the user bound first, and the profile's, which only the backend changes; of an
 * address that was removed, there too. Whoever binds addresses of their own to somebody's account must not thereby be the
 * only one who is told: what was bound since counts for nothing, and a new one is told of itself only where there is no
 * other.
 */
record Addressees(Sealing sealing) {

    /** @param user as they are now, after what the notice is about and perhaps more */
    List<EmailAddress> of(Notice notice, UserView user) {
        var to = new LinkedHashSet<EmailAddress>();
        bound(notice, user).ifPresent(to::add);
        profiled(user).ifPresent(to::add);
        if (notice.news().contains(News.REMOVED) || to.isEmpty()) {
            notice.authenticator().flatMap(changed -> address(notice, changed)).ifPresent(to::add);
        }
        return List.copyOf(to);
    }

    private Optional<EmailAddress> bound(Notice notice, UserView user) {
        var isNew = notice.isOfANewOne();
        var changedId = notice.authenticator().map(Authenticator::getAuthenticatorId);
        return user.getAuthenticators().stream()
                .filter(each -> !each.getCreatedAt().isAfter(notice.at()))
                .filter(each -> !isNew || !changedId.equals(Optional.of(each.getAuthenticatorId())))
                .sorted(Comparator.comparing(Authenticator::getCreatedAt))
                .flatMap(each -> address(notice, each).stream())
                .findFirst();
    }

    private static Optional<EmailAddress> profiled(UserView user) {
        return Optional.ofNullable(user.getProfile()).map(Profile::getEmail).flatMap(EmailAddress::of);
    }

    /** Empty for what has no address, and for one whose key went with its user. */
    private Optional<EmailAddress> address(Notice notice, Authenticator authenticator) {
        var contact = authenticator.getSealedContact();
        var isByMail = authenticator.getMethod() == VerificationMethod.EMAIL_OTP
                || authenticator.getMethod() == VerificationMethod.EMAIL_MAGIC_LINK;
        if (contact == null || !isByMail) return Optional.empty();
        try {
            var plain = sealing.open(
                    Sealed.of(contact).bytes(),
                    "contact",
                    notice.tenantId(),
                    notice.userId(),
                    authenticator.getAuthenticatorId());
            return EmailAddress.of(new String(plain, UTF_8));
        } catch (SealBrokenException e) {
            return Optional.empty();
        }
    }
}
