package sluice.deploy;

/** A command can not be carried out; the message tells the operator why, and what to do about it. */
public final class CommandFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int FAILED = 1;
    private static final int WRONGLY_ASKED = 2;

    private final int status;

    public CommandFailedException(String message) {
        this(FAILED, message);
    }

    private CommandFailedException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** What the command was given is wrong: it has not begun. */
    public static CommandFailedException asked(String message) {
        return new CommandFailedException(WRONGLY_ASKED, message);
    }

    /** What the process ends with. */
    int status() {
        return status;
    }
}
