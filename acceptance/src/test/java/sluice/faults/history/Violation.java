package sluice.faults.history;

/** A promise that was not kept (design section 2), and where. */
public record Violation(Promise promise, String what) {

    /** The promises of the design. */
    public enum Promise {
        P1("nothing acknowledged is lost"),
        P2("one effect per event"),
        P3("same event, same answer"),
        P4("read your writes"),
        P5("a code counts once"),
        P6("fail closed"),
        P7("order");

        private final String meaning;

        Promise(String meaning) {
            this.meaning = meaning;
        }

        public String meaning() {
            return meaning;
        }
    }

    @Override
    public String toString() {
        return promise + " (" + promise.meaning() + "): " + what;
    }
}
