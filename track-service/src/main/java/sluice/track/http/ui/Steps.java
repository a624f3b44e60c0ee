package sluice.track.http.ui;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import sluice.schemas.VerificationMethod;

/**
 * What a user can do on the page.
 *
 * @param first what it shows first
 * @param methods those that the user can meet the challenge with here
 * @param enrollable those that an authenticator can be added of here
 * @param rights what the user may do to the authenticators there are
 * @param hasRecoveryCodes whether the tenant lets users have recovery codes
 * @param offersRecoveryCodes whether recovery codes come with the enrolment
 */
public record Steps(
        View first,
        Set<VerificationMethod> methods,
        Set<VerificationMethod> enrollable,
        Set<Right> rights,
        boolean hasRecoveryCodes,
        boolean offersRecoveryCodes) {
    /** Methods that the page has a screen for the enrolment of. */
    private static final Set<VerificationMethod> ADDED_ON_THE_PAGE = EnumSet.of(
            VerificationMethod.AUTHENTICATOR_APP,
            VerificationMethod.PASSKEY,
            VerificationMethod.EMAIL_OTP,
            VerificationMethod.EMAIL_MAGIC_LINK);

    /** Methods that the page has a screen for the challenge of. */
    private static final Set<VerificationMethod> OF_THE_PAGE = EnumSet.copyOf(ADDED_ON_THE_PAGE);

    static {
        OF_THE_PAGE.add(VerificationMethod.RECOVERY_CODE);
    }

    public Steps {
        methods = Set.copyOf(methods);
        enrollable = Set.copyOf(enrollable);
        rights = Set.copyOf(rights);
    }

    /** A page that tells something and has nothing to be done on it. */
    public static Steps only(View view) {
        return new Steps(view, Set.of(), Set.of(), Set.of(), false, false);
    }

    /** The same steps where the user is to come to their authenticators in the end. */
    public Steps toSettings() {
        return new Steps(first.forSettings(), methods, enrollable, rights, hasRecoveryCodes, offersRecoveryCodes);
    }

    /** The methods that a user has, that the action allows, and that the page has a screen for. */
    public static Set<VerificationMethod> methods(
            Collection<VerificationMethod> enrolled, Collection<VerificationMethod> allowed) {
        return OF_THE_PAGE.stream()
                .filter(enrolled::contains)
                .filter(allowed::contains)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The methods that the action allows, and that the page can add an authenticator of. */
    public static Set<VerificationMethod> enrollable(Collection<VerificationMethod> allowed) {
        return ADDED_ON_THE_PAGE.stream().filter(allowed::contains).collect(Collectors.toUnmodifiableSet());
    }

    /** The names of methods or rights, as scripts read them. */
    static String names(Set<? extends Enum<?>> all) {
        return all.stream().map(Enum::name).sorted().collect(Collectors.joining(" "));
    }
}
