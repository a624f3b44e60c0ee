package sluice.rules.domain;

import sluice.runtime.configuration.domain.Setting;

/**
 * Checks answers of one verification method against what the user has of it. What an answer may cost, and whether one
 * counts at all, is not its matter: {@link Verifying} asks it only where one does.
 */
interface Check {
    /** @param method what the tenant has set for the method */
    Judgement judge(User user, Event.Verify event, Setting.Authenticator method);

    /** What an answer is worth. */
    sealed interface Judgement {}

    /** The user has nothing that an answer of this method could be for. */
    record NothingToCheck() implements Judgement {}

    /** @param isReplay whether it was right once, and is spent */
    record Wrong(boolean isReplay) implements Judgement {}

    /**
     * The answer is right, and is spent by it.
     *
     * @param after the user, for whom the same answer is never right again
     * @param authenticator whose answer it was, as it is now
     * @param enrolled whether the answer finished that authenticator's enrolment
     */
    record Right(User after, Authenticator authenticator, boolean enrolled) implements Judgement {}
}
