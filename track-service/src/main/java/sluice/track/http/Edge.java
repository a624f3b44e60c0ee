package sluice.track.http;

import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import sluice.runtime.Node;
import sluice.track.enrich.Enricher;
import sluice.track.http.auth.Callers;
import sluice.track.log.EventLog;
import sluice.track.mail.Mailer;
import sluice.track.passkey.RelyingParty;
import sluice.track.session.SessionTokens;
import sluice.track.token.Tokens;
import sluice.track.webhook.Questions;

/**
 * What the handlers stand on.
 *
 * @param mailer empty: no mail is sent
 */
record Edge(
        Node node,
        Callers callers,
        Tokens tokens,
        TokenIssue tokenIssue,
        EventLog log,
        ActionQueries actions,
        UserQueries users,
        Enricher enricher,
        PasskeyAnswers passkeys,
        SessionTokens sessions,
        InstantSource clock,
        Supplier<RelyingParty> relyingParty,
        Optional<Mailer> mailer,
        Questions questions) {}
