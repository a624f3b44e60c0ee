package sluice.rules.domain;

/**
 * Names an action among a user's.
 *
 * @param actionCode what the user is about to do
 * @param idempotencyKey which time
 */
public record ActionKey(String actionCode, String idempotencyKey) {}
