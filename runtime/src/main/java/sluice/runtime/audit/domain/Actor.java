package sluice.runtime.audit.domain;

import java.util.Optional;
import sluice.schemas.CredentialKind;
import sluice.schemas.id.UserKey;

/**
 * Who is behind a record, and by what call. It says nothing of a person: a credential is called by its id.
 *
 * @param credential what was shown
 * @param credentialId what it is called where it must not be shown; empty where nothing was shown
 * @param call operationId of the HTTP call, a command of {@code ./sluice}, or what Sluice does of its own accord
 */
public record Actor(CredentialKind credential, Optional<String> credentialId, String call) {
    public Actor {
        if (!UserKey.isText(call) || !credentialId.map(UserKey::isText).orElse(true)) {
            throw new IllegalArgumentException("A call and a credential are named by 1 to 256 characters");
        }
    }

    /** Who runs a command of {@code ./sluice}. */
    public static Actor commandLine(String command) {
        return new Actor(CredentialKind.COMMAND_LINE, Optional.empty(), command);
    }

    /** Sluice of its own accord. */
    public static Actor sluice(String deed) {
        return new Actor(CredentialKind.SLUICE, Optional.empty(), deed);
    }
}
