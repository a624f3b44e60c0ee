package sluice.runtime.tls;

/** A key store or trust store that no server can use; the message says why, for an operator. */
final class UnusableKeyStoreException extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableKeyStoreException(String why) {
        super(why);
    }
}
