package sluice.runtime.query;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * Where a query goes.
 *
 * @param service whose state is asked
 * @param query its name
 * @param partition of the user
 */
record QueryRoute(String service, String query, int partition) {
    /** Header of a question whose answer is to be bound to it. */
    static final String BOUND = "Sluice-Bound";

    /** Header of an owner's announcement: it binds answers where that is asked for. Processes of before don't. */
    static final String BINDS = "binds-answers";

    static final String PATTERN = "/queries/{service}/{query}/{partition}";

    String path() {
        return "/queries/" + service + "/" + query + "/" + partition;
    }

    /** What the question is sealed for. */
    String[] questionPlace() {
        return new String[] {"question", service, query, String.valueOf(partition)};
    }

    /**
     * What the answer is sealed for: this very question, so that no other's answer, and none of earlier, passes for it.
     *
     * @param question sealed, as it was asked; no two are alike
     */
    String[] answerPlace(byte[] question) {
        return new String[] {"answer", service, query, String.valueOf(partition), digest(question)};
    }

    /** What processes ask and are answered with that know of no binding. */
    String[] unboundAnswerPlace() {
        return new String[] {"answer", service, query, String.valueOf(partition)};
    }

    private static String digest(byte[] question) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(question));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every JDK has SHA-256", e);
        }
    }
}
