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
 * @param offersRecoveryCodes whether recovery codes come with the enrolment
 */
public record Steps(View first, Set<VerificationMethod> methods, boolean offersRecoveryCodes) {
    /** Methods that the page has a screen for. */
    private static final Set<VerificationMethod> OF_THE_PAGE =
            EnumSet.of(VerificationMethod.AUTHENTICATOR_APP, VerificationMethod.RECOVERY_CODE);

    public Steps {
        methods = Set.copyOf(methods);
    }

    /** A page that tells something and has nothing to be done on it. */
    public static Steps only(View view) {
        return new Steps(view, Set.of(), false);
    }

    /** The methods that a user has, that the action allows, and that the page has a screen for. */
    public static Set<VerificationMethod> methods(
            Collection<VerificationMethod> enrolled, Collection<VerificationMethod> allowed) {
        return OF_THE_PAGE.stream()
                .filter(enrolled::contains)
                .filter(allowed::contains)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The methods' names, as scripts read them. */
    String methodNames() {
        return methods.stream().map(Enum::name).sorted().collect(Collectors.joining(" "));
    }
}
