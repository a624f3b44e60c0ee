package sluice.deploy;

/** A command can not be carried out; the message tells the operator why, and what to do about it. */
final class CommandFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CommandFailedException(String message) {
        super(message);
    }
}
