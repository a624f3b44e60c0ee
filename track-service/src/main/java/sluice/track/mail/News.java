package sluice.track.mail;

/** What a user is told of by a notice. */
public enum News {
    ADDED("added"),
    /** Made the one to be offered first. */
    CHANGED("changed"),
    REMOVED("removed"),
    CODES_ISSUED("codesIssued"),
    CODE_SPENT("codeSpent");

    private final String role;

    News(String role) {
        this.role = role;
    }

    /** Of its text, in the catalogue. */
    String role() {
        return role;
    }
}
