package sluice.track.passkey;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import sluice.schemas.PasskeyCredential;

/** A passkey as browsers are told of it: WebAuthn's PublicKeyCredentialDescriptorJSON. */
public record Descriptor(String type, String id, List<String> transports) {

    static List<Descriptor> all(Collection<PasskeyCredential> passkeys) {
        return passkeys.stream()
                .map(each -> new Descriptor("public-key", each.getCredentialId(), each.getTransports()))
                .sorted(Comparator.comparing(Descriptor::id))
                .toList();
    }
}
