package sluice.track.webhook;

/**
 * What one POST tells.
 *
 * @param type what it is about
 * @param id the same at every attempt, and if it comes twice
 * @param body JSON in UTF-8
 */
record WebhookEvent(EventType type, String id, String body) {}
