package sluice.track.http;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.JettyConfig;
import io.javalin.config.RoutesConfig;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import sluice.runtime.Node;
import sluice.runtime.observe.ObserveRoutes;
import sluice.runtime.query.QueryClient;
import sluice.schemas.VerificationMethod;
import sluice.track.enrich.Enricher;
import sluice.track.http.auth.Callers;
import sluice.track.http.console.ConsoleRoutes;
import sluice.track.http.management.AggregateQueries;
import sluice.track.http.management.BacktestQueries;
import sluice.track.http.management.ManagementRoutes;
import sluice.track.http.openapi.OpenApiRoutes;
import sluice.track.http.registry.RegistryRoutes;
import sluice.track.log.EventLog;
import sluice.track.mail.Mailer;
import sluice.track.passkey.RelyingParty;
import sluice.track.session.SessionSettings;
import sluice.track.session.SessionTokens;
import sluice.track.token.Tokens;
import sluice.track.webhook.Questions;

/** The whole HTTP surface: every route of contract sections 3 and 4, and what adds the others. */
public final class Api {
    /** Calls in progress for each that may wait for an outcome: reads, and those that are being written. */
    private static final int IN_PROGRESS_PER_WAITING = 2;

    private final Edge edge;
    private final BacktestQueries backtests;
    private final AggregateQueries aggregates;

    /**
     * Puts the handlers together.
     *
     * @param publicUrl where users and SDKs reach this API, asked once it is known
     * @param relyingParty whom passkeys are for, likewise
     * @param sessions how long they last
     * @param mailer empty: no mail is sent
     * @param questions to tenants that want to be asked
     */
    public Api(
            Node node,
            Callers callers,
            Tokens tokens,
            EventLog log,
            QueryClient queries,
            Enricher enricher,
            InstantSource clock,
            Supplier<URI> publicUrl,
            Supplier<RelyingParty> relyingParty,
            SessionSettings sessions,
            Optional<Mailer> mailer,
            Questions questions) {
        this.backtests = new BacktestQueries(queries, node.topics());
        this.aggregates = new AggregateQueries(queries, node.topics());
        this.edge = new Edge(
                node,
                callers,
                tokens,
                new TokenIssue(tokens, node.configuration(), publicUrl),
                log,
                new ActionQueries(queries, node.topics()),
                new UserQueries(queries, node.topics()),
                enricher,
                new PasskeyAnswers(enricher),
                SessionTokens.of(node, publicUrl, clock, sessions),
                clock,
                relyingParty,
                mailer,
                questions);
    }

    /**
     * The server, not yet started.
     *
     * @param listening is told where it may say on what it listens; by saying nothing, on the port that it is started on
     */
    public Javalin server(Consumer<JettyConfig> listening) {
        return Javalin.create(config -> {
            configure(config);
            listening.accept(config.jetty);
        });
    }

    private void configure(JavalinConfig config) {
        Transport.configure(config, admission());
        new ObserveRoutes(edge.node().health(), edge.node().meters()).addTo(config.routes);
        serverApi(config.routes);
        sessions(config.routes);
        clientApi(config.routes);
        new ManagementRoutes(edge.callers(), edge.node().configuration(), edge.clock(), backtests, aggregates)
                .addTo(config.routes);
        prebuiltUi(config.routes);
        new ConsoleRoutes().addTo(config.routes);
        new OpenApiRoutes().addTo(config.routes);
        new RegistryRoutes(edge.node().topics(), edge.node()::toldSchema).addTo(config.routes);
    }

    private Admission admission() {
        return new Admission(
                edge.log().inFlightMax() * IN_PROGRESS_PER_WAITING, edge.node().meters());
    }

    private void serverApi(RoutesConfig routes) {
        var actions = new ActionHandler(edge);
        var users = new UserHandler(edge);
        var authenticators = new AuthenticatorHandler(edge);
        // Who has no key learns not even which paths there are: the Go SDK's tests ask for one that is cut short.
        routes.before("/v1/users/*", edge.callers()::backend);
        routes.post("/v1/users/{userId}/actions/{action}", new TrackHandler(edge)::handle);
        routes.get("/v1/users/{userId}/actions/{action}/{idempotencyKey}", actions::get);
        routes.patch("/v1/users/{userId}/actions/{action}/{idempotencyKey}", actions::update);
        routes.get("/v1/users/{userId}/actions", actions::list);
        routes.get("/v1/users/{userId}/authenticators", users::authenticators);
        routes.delete("/v1/users/{userId}/authenticators/{userAuthenticatorId}", authenticators::delete);
        routes.post("/v1/users/{userId}/authenticators", authenticators::enroll);
        routes.get("/v1/users", new UserLookupHandler(edge)::handle);
        routes.get("/v1/users/{userId}", users::get);
        routes.patch("/v1/users/{userId}", users::update);
        routes.post("/v1/users/{userId}", users::update);
        routes.delete("/v1/users/{userId}", users::delete);
        routes.post("/v1/validate", new ValidateHandler(edge)::handle);
        var challenges = new ChallengeHandler(edge);
        routes.post("/v1/challenge", challenges::start);
        routes.post("/v1/verify", challenges::verify);
        routes.get("/v1/challenges", new ChallengeLookupHandler(edge)::get);
        routes.post("/v1/claim", new ClaimHandler(edge)::handle);
    }

    private void sessions(RoutesConfig routes) {
        var sessions = new SessionHandler(edge);
        routes.post("/v1/sessions", new NewSessionHandler(edge)::handle);
        routes.post("/v1/sessions/validate", sessions::validate);
        routes.post("/v1/sessions/refresh", sessions::refresh);
        routes.post("/v1/sessions/revoke", sessions::revoke);
        routes.post("/v1/sessions/user/revoke", sessions::revokeAll);
        routes.get("/.well-known/jwks.json", new PublishedKeysHandler(edge)::handle);
    }

    private void clientApi(RoutesConfig routes) {
        var totp = new TotpHandler(edge);
        var recoveryCodes = new RecoveryCodeHandler(edge);
        var authenticators = new OwnAuthenticatorHandler(edge);
        routes.before("/v1/client/*", new Cors(edge)::answer);
        routes.post("/v1/client/user-authenticators/totp", totp::enroll);
        routes.post("/v1/client/verify/totp", totp::verify);
        routes.post("/v1/client/recovery-codes", recoveryCodes::issue);
        routes.post("/v1/client/verify/recovery-code", recoveryCodes::verify);
        routes.get("/v1/client/user-authenticators", authenticators::list);
        routes.patch("/v1/client/user-authenticators/{userAuthenticatorId}", authenticators::update);
        routes.delete("/v1/client/user-authenticators/{userAuthenticatorId}", authenticators::remove);
        passkeys(routes);
        email(routes);
    }

    /** The paths that end in web are for clients that send cookies; none is looked at. */
    private void passkeys(RoutesConfig routes) {
        var enrolment = new PasskeyEnrolmentHandler(edge);
        var signIn = new PasskeySignInHandler(edge);
        for (var variant : List.of("", "/web")) {
            routes.post("/v1/client/user-authenticators/passkey/registration-options" + variant, enrolment::options);
            routes.post("/v1/client/user-authenticators/passkey/authentication-options" + variant, signIn::options);
            routes.post("/v1/client/challenge" + variant, signIn::challenge);
        }
        routes.get("/v1/client/user-authenticators/passkey", signIn::find);
        routes.post("/v1/client/user-authenticators/passkey", enrolment::finish);
        routes.post("/v1/client/verify/passkey", signIn::verify);
    }

    private void email(RoutesConfig routes) {
        var codes = new EmailHandler(edge, VerificationMethod.EMAIL_OTP);
        var links = new EmailHandler(edge, VerificationMethod.EMAIL_MAGIC_LINK);
        var pages = new MagicLinkHandler(edge);
        routes.post("/v1/client/user-authenticators/email-otp", codes::enroll);
        routes.post("/v1/client/challenge/email-otp", codes::challenge);
        routes.post("/v1/client/verify/email-otp", codes::verify);
        routes.post("/v1/client/user-authenticators/email-magic-link", links::enroll);
        routes.post("/v1/client/challenge/email-magic-link", links::challenge);
        routes.post("/v1/client/verify/email-magic-link/finalize", pages::finish);
        routes.get("/magic-link", pages::show);
        routes.post("/magic-link", pages::confirm);
    }

    private void prebuiltUi(RoutesConfig routes) {
        var ui = new UiHandler(edge);
        routes.get("/challenge", ui::page);
        routes.get("/ui/{file}", ui::file);
        routes.post("/ui/qr", ui::qr);
    }
}
