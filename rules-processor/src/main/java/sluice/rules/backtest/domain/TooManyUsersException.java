package sluice.rules.backtest.domain;

/** There are more users than there is to be room for. */
public final class TooManyUsersException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TooManyUsersException(int usersMax) {
        super("More than " + usersMax + " users");
    }
}
