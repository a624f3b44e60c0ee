package sluice.track.http.management;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import sluice.runtime.configuration.domain.Setting.Webhook;
import sluice.track.http.json.JsonBody;
import sluice.track.webhook.EventType;
import sluice.track.webhook.Targets;

/** The tenant's fields {@code webhookUrl} and {@code webhookEvents}. Whether the URL is reached shows when it is used. */
record WebhookFields(InstantSource clock) {
    private static final int URL_LENGTH_MAX = 2048;
    private static final int TYPES_MAX = 20;
    private static final int TYPE_LENGTH_MAX = 100;

    Webhook patched(Webhook before, Patch patch) {
        var url = patch.field("webhookUrl", before.url(), name -> patch.body()
                .text(name, URL_LENGTH_MAX)
                .map(text -> url(name, text)));
        var events = patch.field("webhookEvents", before.events(), name -> patch.body()
                .texts(name, TYPES_MAX, TYPE_LENGTH_MAX)
                .map(types -> known(name, types)));
        return before.at(url, clock.instant()).of(events);
    }

    /** Whether the tenant is to send its mails itself. */
    boolean sendsMails(Patch patch) {
        return patch.body()
                .texts("webhookEvents", TYPES_MAX, TYPE_LENGTH_MAX)
                .filter(types -> types.contains(EventType.EMAIL_CREATED.text()))
                .isPresent();
    }

    private static String url(String field, String text) {
        if (!Targets.isUrl(text)) {
            throw JsonBody.refused(field, "an absolute http or https URL without user name or fragment");
        }
        return text;
    }

    private static List<String> known(String field, List<String> types) {
        if (types.stream().allMatch(type -> EventType.of(type).isPresent())) return types;
        var known = Arrays.stream(EventType.values()).map(EventType::text).collect(Collectors.joining(", "));
        throw JsonBody.refused(field, "a list of " + known);
    }
}
