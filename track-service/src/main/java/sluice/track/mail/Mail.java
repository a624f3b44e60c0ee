package sluice.track.mail;

/**
 * A mail to one person, in two forms of the same words.
 *
 * @param sender who sends it, for people
 */
public record Mail(EmailAddress to, String sender, String subject, String text, String html) {
    @Override
    public String toString() {
        return "Mail"; // a code and whose it is
    }
}
