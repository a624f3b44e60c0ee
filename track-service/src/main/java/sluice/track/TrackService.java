package sluice.track;

import io.javalin.Javalin;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import sluice.runtime.Node;
import sluice.runtime.audit.domain.Actor;
import sluice.runtime.configuration.domain.Author;
import sluice.runtime.seal.Blinding;
import sluice.runtime.signal.SignalKeys;
import sluice.runtime.tls.TlsServer;
import sluice.track.enrich.Enricher;
import sluice.track.http.Api;
import sluice.track.http.UserQueries;
import sluice.track.http.auth.Callers;
import sluice.track.log.EventLog;
import sluice.track.mail.MailSettings;
import sluice.track.mail.Mailer;
import sluice.track.notice.Notices;
import sluice.track.passkey.RelyingParty;
import sluice.track.session.SessionKeySetup;
import sluice.track.signal.KnownSignals;
import sluice.track.signal.SignalFollower;
import sluice.track.tenant.Credentials;
import sluice.track.tenant.TenantSetup;
import sluice.track.tenant.Tenants;
import sluice.track.token.TokenKeys;
import sluice.track.token.Tokens;
import sluice.track.webhook.Questions;
import sluice.track.webhook.Webhooks;

/** The ingress of one process: HTTP in, events on the log, replies back. */
public final class TrackService implements AutoCloseable {
    private final EventLog log;
    private final SignalFollower signals;
    private final Optional<TlsServer> tls;
    private final Javalin server;
    private final Webhooks webhooks;
    private final Questions questions;
    private final Credentials credentials;
    private final TrackSettings settings;
    private final Optional<Mailer> mailer;
    private final Optional<Notices> notices;

    private TrackService(Node node, TrackSettings settings) throws IOException, InterruptedException {
        node.epochKeys();
        this.settings = settings;
        this.credentials = Credentials.of(settings, node.settings().dataDirectory());
        var clock = InstantSource.system();
        this.mailer = settings.mail().map(Mailer::new);
        var author =
                new Author(Actor.sluice("start"), Optional.of(UUID.randomUUID().toString()));
        new TenantSetup(node.configuration(), node.sealing(), clock, author)
                .complete(credentials, mailer.isPresent(), settings.methods(), settings.totpDrift());
        new SessionKeySetup(node.configuration(), node.sealing(), clock, author).complete();
        var tokens = new Tokens(new TokenKeys(node.configuration(), node.sealing()), clock);
        var callers = new Callers(new Tenants(node.configuration(), clock, node.meters()), tokens);
        var queries = node.queryClient(settings.replyTimeout());
        var known = new KnownSignals(
                new SignalKeys(Blinding.open(node.settings().dataDirectory())),
                node.topics().schemaIds(),
                settings.signalsBytesMax());
        this.signals = new SignalFollower(node.topics().signals, node.kafka(), known);
        node.health().needs("known-signals", signals::isReady);
        var enricher = new Enricher(settings.placesFile(), settings.anonymousFile(), known);
        node.health().offers("places", enricher.hasPlaces());
        node.health().offers("anonymousAddresses", enricher.hasAnonymous());
        node.health().offers("mail", mailer.isPresent());
        this.log = new EventLog(node, settings.inFlightMax(), settings.replyTimeout());
        this.questions = new Questions(node, settings.webhooks().targets(), clock);
        this.tls = settings.tls().map(told -> new TlsServer(told, node.meters()));
        this.server = new Api(
                        node,
                        callers,
                        tokens,
                        log,
                        queries,
                        enricher,
                        clock,
                        this::publicUrl,
                        this::relyingParty,
                        settings.sessions(),
                        mailer,
                        questions)
                .server(jetty -> tls.ifPresent(secured -> jetty.addConnector((server, http) ->
                        secured.connector(server, http, node.settings().host(), settings.httpPort()))));
        this.webhooks = Webhooks.start(node, settings.webhooks(), clock);
        var users = new UserQueries(queries, node.topics());
        this.notices = settings.mail()
                .filter(MailSettings::hasNotices)
                .map(mail -> Notices.start(node, users, mail, questions, clock));
    }

    /**
     * Completes the configuration and opens the port; the port answers before the rest of the installation is ready.
     *
     * @throws IOException if the data directory can't be written, or a database of addresses can't be read
     */
    public static TrackService start(Node node, TrackSettings settings) throws IOException, InterruptedException {
        var service = new TrackService(node, settings);
        service.server.start(node.settings().host(), settings.httpPort());
        return service;
    }

    /** Where users and SDKs reach the API, without {@code /v1}. */
    public URI publicUrl() {
        var scheme = tls.isPresent() ? "https" : "http";
        return settings.publicUrl().orElseGet(() -> URI.create(scheme + "://127.0.0.1:" + server.port()));
    }

    private RelyingParty relyingParty() {
        return RelyingParty.of(settings.passkeys(), publicUrl());
    }

    /** The local tenant. */
    public String tenantId() {
        return credentials.tenantId();
    }

    @Override
    public void close() {
        server.stop();
        tls.ifPresent(TlsServer::close);
        webhooks.close();
        notices.ifPresent(Notices::close);
        questions.close();
        log.close();
        mailer.ifPresent(Mailer::close);
        signals.close();
    }
}
