package sluice.deploy;

/** Something on this machine stands in the way of a start; the message tells the operator what to do about it. */
final class StartRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StartRefusedException(String message) {
        super(message);
    }
}
