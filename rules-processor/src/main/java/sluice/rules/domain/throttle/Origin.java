package sluice.rules.domain.throttle;

import sluice.rules.domain.ActionKey;

/** Where an action came from, and so the answers to its challenge: nobody tells more of them. */
public record Origin(ActionKey action, Source source) {}
