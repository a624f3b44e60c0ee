package sluice.track;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import sluice.runtime.settings.Settings;
import sluice.runtime.tls.TlsSettings;
import sluice.schemas.VerificationMethod;
import sluice.track.mail.MailSettings;
import sluice.track.passkey.PasskeySettings;
import sluice.track.session.SessionSettings;
import sluice.track.tenant.TenantSetup;
import sluice.track.webhook.WebhookSettings;

/**
 * What the ingress is told.
 *
 * @param httpPort port of the API; 0 for any free one
 * @param tls the key and certificate that the port shows; empty: plain HTTP
 * @param publicUrl where users and SDKs reach it, without {@code /v1}; empty: http(s)://127.0.0.1 and the port
 * @param replyTimeout how long a call waits for its event's outcome
 * @param inFlightMax calls that may wait at once; more are refused with 503
 * @param placesFile database of places of addresses, in MaxMind's format; empty: places stay unknown
 * @param anonymousFile database of anonymous addresses, likewise
 * @param signalsBytesMax memory for what is known across users
 * @param tenantId the local tenant; empty: made at the first start
 * @param apiSecret its server API secret, likewise
 * @param managementSecret its management API secret, likewise
 * @param methods verification methods that users may have; empty: all that are there
 * @param totpDrift time steps to each side of now whose codes of an authenticator app are taken too, 0 or 1
 * @param sessions how long sessions last
 * @param passkeys what is said of passkeys
 * @param webhooks what is said of webhooks
 * @param mail how mails are sent; empty: none are
 */
public record TrackSettings(
        int httpPort,
        Optional<TlsSettings> tls,
        Optional<URI> publicUrl,
        Duration replyTimeout,
        int inFlightMax,
        Optional<Path> placesFile,
        Optional<Path> anonymousFile,
        long signalsBytesMax,
        Optional<String> tenantId,
        Optional<String> apiSecret,
        Optional<String> managementSecret,
        Optional<Set<VerificationMethod>> methods,
        int totpDrift,
        SessionSettings sessions,
        PasskeySettings passkeys,
        WebhookSettings webhooks,
        Optional<MailSettings> mail) {
    private static final int SECRET_LENGTH_MIN = 8;

    /** Reads these settings; refuses when all have been read. */
    public static TrackSettings from(Settings settings) {
        var httpPort = settings.number("SLUICE_HTTP_PORT", 8080, 0, 65_535, "port of the API");
        var tls = TlsSettings.from(settings);
        var publicUrl = settings.read(
                "SLUICE_PUBLIC_URL",
                "",
                "an http or https URL without a path",
                "where users and SDKs reach the API; unset: http or https, 127.0.0.1 and the port",
                text -> text.isEmpty() ? Optional.<URI>empty() : Optional.of(URI.create(text)),
                url -> url.map(TrackSettings::isHttp).orElse(true));
        var replyTimeout = settings.read(
                "SLUICE_REPLY_TIMEOUT",
                "PT8S",
                "a duration above zero, such as PT8S",
                "how long a call waits for its outcome",
                Duration::parse,
                timeout -> timeout.compareTo(Duration.ZERO) > 0);
        var inFlightMax = settings.number(
                "SLUICE_IN_FLIGHT_MAX", 1024, 1, 1_000_000, "calls that may wait for an outcome at once");
        var placesFile = file(
                settings,
                "SLUICE_PLACES_FILE",
                "database of cities or countries of addresses, in MaxMind's format; unset: places stay unknown");
        var anonymousFile = file(
                settings,
                "SLUICE_ANONYMOUS_ADDRESSES_FILE",
                "database of anonymous addresses, in MaxMind's format; unset: whether one is anonymous stays unknown");
        var signalsMib = settings.number(
                "SLUICE_SIGNALS_MIB",
                32,
                1,
                65_536,
                "MiB of memory for addresses and devices that several users share; beyond it the least used are forgotten");
        var tenantId = settings.text(
                "SLUICE_TENANT_ID",
                "",
                "[A-Za-z0-9_-]{0,64}",
                "letters, digits, _ and -, 64 at most",
                "the local tenant");
        var apiSecret = settings.secret("SLUICE_API_SECRET", SECRET_LENGTH_MIN, "its server API secret");
        var managementSecret =
                settings.secret("SLUICE_MANAGEMENT_SECRET", SECRET_LENGTH_MIN, "its management API secret");
        var methods = settings.read(
                "SLUICE_METHODS",
                "",
                "names with commas between, of " + TenantSetup.METHODS,
                "verification methods that users may have; unset: all, those by e-mail if there is a mail server",
                TrackSettings::methods,
                chosen -> chosen.map(TenantSetup.METHODS::containsAll).orElse(true));
        var totpDrift = settings.number(
                "SLUICE_TOTP_DRIFT",
                1,
                0,
                1,
                "time steps of 30 s to each side of now whose codes of an authenticator app are taken too; 0 is strict");
        var sessions = SessionSettings.from(settings);
        var passkeys = PasskeySettings.from(settings);
        var webhooks = WebhookSettings.from(settings);
        var mail = MailSettings.from(settings);
        settings.refuseIfAnyIsWrong();
        return new TrackSettings(
                httpPort.orElseThrow(),
                tls,
                publicUrl.orElseThrow(),
                replyTimeout.orElseThrow(),
                inFlightMax.orElseThrow(),
                placesFile.orElseThrow(),
                anonymousFile.orElseThrow(),
                (long) signalsMib.orElseThrow() << 20,
                tenantId.filter(id -> !id.isEmpty()),
                apiSecret,
                managementSecret,
                methods.orElseThrow(),
                totpDrift.orElseThrow(),
                sessions,
                passkeys,
                webhooks.orElseThrow(),
                mail);
    }

    private static Optional<Optional<Path>> file(Settings settings, String name, String meaning) {
        return settings.read(
                name,
                "",
                "a file that can be read",
                meaning,
                text -> text.isEmpty() ? Optional.<Path>empty() : Optional.of(Path.of(text)),
                file -> file.map(Files::isReadable).orElse(true));
    }

    private static Optional<Set<VerificationMethod>> methods(String text) {
        if (text.isBlank()) return Optional.empty();
        return Optional.of(Arrays.stream(text.split(","))
                .map(String::strip)
                .map(VerificationMethod::valueOf)
                .collect(Collectors.toUnmodifiableSet()));
    }

    private static boolean isHttp(URI url) {
        return url.getHost() != null
                && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
                && (url.getPath().isEmpty() || url.getPath().equals("/"));
    }
}
