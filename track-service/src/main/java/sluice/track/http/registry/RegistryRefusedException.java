package sluice.track.http.registry;

/** A call to the registry that is refused. */
final class RegistryRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final RegistryRefusal refusal;

    RegistryRefusedException(RegistryRefusal refusal, String message) {
        super(message);
        this.refusal = refusal;
    }

    RegistryRefusal refusal() {
        return refusal;
    }
}
