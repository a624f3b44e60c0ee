package sluice.schemas.registry;

/** How a schema's subject is named: the three strategies that Confluent's serializers know, by their names. */
public enum SubjectNaming {
    /** {@code sluice.decisions-value}. */
    TOPIC_NAME,
    /** {@code sluice.schemas.Decision}. */
    RECORD_NAME,
    /** {@code sluice.decisions-sluice.schemas.Decision}. */
    TOPIC_RECORD_NAME;

    /**
     * The subject of the values of a topic.
     *
     * @param topic full name of the topic
     * @param record full name of the record
     */
    public String subject(String topic, String record) {
        return switch (this) {
            case TOPIC_NAME -> topic + "-value";
            case RECORD_NAME -> record;
            case TOPIC_RECORD_NAME -> topic + "-" + record;
        };
    }
}
