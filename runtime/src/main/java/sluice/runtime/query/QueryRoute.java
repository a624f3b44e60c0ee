package sluice.runtime.query;

/**
 * Where a query goes.
 *
 * @param service whose state is asked
 * @param query its name
 * @param partition of the user
 */
record QueryRoute(String service, String query, int partition) {
    static final String PATTERN = "/queries/{service}/{query}/{partition}";

    String path() {
        return "/queries/" + service + "/" + query + "/" + partition;
    }

    /** What the question is sealed for. */
    String[] questionPlace() {
        return new String[] {"question", service, query, String.valueOf(partition)};
    }

    /** What the answer is sealed for. */
    String[] answerPlace() {
        return new String[] {"answer", service, query, String.valueOf(partition)};
    }
}
