package sluice.track.enrich;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import sluice.fuzz.Choices;
import sluice.runtime.recovery.domain.RecoveryCode;
import sluice.schemas.Enrichment;
import sluice.track.mail.EmailAddress;
import sluice.track.message.Wording;
import sluice.track.origin.AllowedOrigins;
import sluice.track.origin.WebOrigin;
import sluice.track.webhook.Targets;

/** Texts that have a form of their own: user agents, addresses, origins, languages, codes that somebody typed. */
public final class TextFuzz {
    private static final UserAgents USER_AGENTS = new UserAgents();
    private static final Addresses ADDRESSES = addresses();
    private static final AllowedOrigins ORIGINS = new AllowedOrigins(Optional.of(List.of("https://shop.example")));
    private static final int LENGTH_MAX = 4096;

    private TextFuzz() {}

    private static Addresses addresses() {
        try {
            return new Addresses(Optional.empty(), Optional.empty());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void fuzzerTestOneInput(byte[] input) {
        var choices = new Choices(input);
        var kind = choices.below(8);
        var text = choices.restAsText();
        if (text.length() > LENGTH_MAX) return;
        switch (kind) {
            case 0 -> USER_AGENTS.parsed(text);
            case 1 -> ADDRESSES.tell(text, new Enrichment());
            case 2 -> EmailAddress.of(text);
            case 3 -> WebOrigin.of(text).ifPresent(origin -> requireStable(origin, WebOrigin.named(origin.text())));
            case 4 -> ORIGINS.allow(text);
            case 5 -> Wording.isLocale(text);
            case 6 -> Targets.isUrl(text);
            default -> RecoveryCode.read(text);
        }
    }

    private static void requireStable(WebOrigin origin, Optional<WebOrigin> again) {
        if (!again.equals(Optional.of(origin))) throw new AssertionError(origin + " is named " + again);
    }
}
