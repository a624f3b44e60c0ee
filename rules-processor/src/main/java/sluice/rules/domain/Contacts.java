package sluice.rules.domain;

import java.util.Optional;
import sluice.runtime.seal.domain.Sealed;

/** Opens an authenticator's phone number or e-mail address: the same text for the same arguments. */
public interface Contacts {
    String open(String tenantId, String userId, String authenticatorId, Sealed contact);

    /** The user's authenticator of the same method that has the same contact. */
    default Optional<EnrolledAuthenticator> same(User user, Authenticator as) {
        var contact = as.contact().map(its -> open(user.tenantId(), user.userId(), as.authenticatorId(), its));
        return user.authenticators().stream()
                .filter(each -> each.authenticator().method() == as.method())
                .filter(each -> each.authenticator()
                        .contact()
                        .map(known -> open(user.tenantId(), user.userId(), each.id(), known))
                        .equals(contact))
                .findFirst();
    }
}
