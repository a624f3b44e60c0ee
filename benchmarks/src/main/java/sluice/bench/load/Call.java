package sluice.bench.load;

/** A request and who wants to know its answer. */
public interface Call {

    /** Told the answer's status and body. */
    interface Heard {
        void heard(int status, byte[] body);
    }

    /** The whole HTTP/1.1 request, as it goes over the wire. */
    byte[] request();

    /** Told when the whole answer is there. */
    default void answered(int status, byte[] body) {}

    /** A call whose answer somebody wants to know. */
    static Call of(byte[] request, Heard heard) {
        return new Call() {
            @Override
            public byte[] request() {
                return request;
            }

            @Override
            public void answered(int status, byte[] body) {
                heard.heard(status, body);
            }
        };
    }
}
