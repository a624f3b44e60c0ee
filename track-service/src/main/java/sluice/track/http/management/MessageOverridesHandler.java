package sluice.track.http.management;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import sluice.runtime.configuration.domain.Piece;
import sluice.runtime.configuration.domain.Setting;
import sluice.track.http.json.JsonBody;
import sluice.track.http.json.Texts;
import sluice.track.message.Catalogue;
import sluice.track.message.Wording;

/**
 * {@code /v1/management/message-overrides}: texts of the pre-built pages that the tenant replaces (management
 * contract). A PATCH replaces all of them. Which messages there are is the catalogue's to say, and what a text in the
 * place of one of them has to be; a message id that the catalogue has not is kept.
 */
final class MessageOverridesHandler {
    private static final int LOCALES_MAX = 100;
    private static final int MESSAGES_MAX = 1000;
    private static final int TEXT_LENGTH_MAX = 2000;
    private static final Pattern MESSAGE_ID = Pattern.compile("[A-Za-z0-9._-]{1,128}");
    private static final String FIELD = "messageOverrides";

    private final Resource<Setting.MessageOverrides> overrides;

    MessageOverridesHandler(Desk desk) {
        this.overrides = new Resource<>(
                desk, Setting.MessageOverrides.class, "message overrides", (piece, value) -> Answer.of(value));
    }

    /** The overrides as the contract has them, by name. */
    private record Answer(Map<String, Map<String, String>> messageOverrides) {
        static Answer of(Setting.MessageOverrides value) {
            var sorted = new TreeMap<String, Map<String, String>>();
            value.texts().forEach((locale, texts) -> sorted.put(locale, new TreeMap<>(texts)));
            return new Answer(sorted);
        }
    }

    void get(Context context) {
        overrides.getOr(context, Piece.messageOverrides(overrides.tenant(context)), Setting.MessageOverrides.NONE);
    }

    /** {@code GET /v1/management/message-overrides/catalog}: which texts there are. */
    void catalogue(Context context) {
        overrides.tenant(context);
        context.json(Catalogue.pages());
    }

    void patch(Context context) {
        var piece = Piece.messageOverrides(overrides.tenant(context));
        var patch = new Patch(JsonBody.of(context));
        overrides.put(context, piece, before -> patched(before, patch));
    }

    static Setting.MessageOverrides patched(Optional<Setting.MessageOverrides> before, Patch patch) {
        return patch.field(FIELD, before, field -> patch.body().value(field).map(MessageOverridesHandler::read))
                .orElse(Setting.MessageOverrides.NONE);
    }

    private static Setting.MessageOverrides read(JsonNode value) {
        var locales = object(FIELD, value, LOCALES_MAX, "locales");
        var read = new TreeMap<String, Map<String, String>>();
        locales.properties().forEach(locale -> {
            if (!Wording.isLocale(locale.getKey())) throw JsonBody.refused(FIELD, "locales, such as en or pt-BR");
            read.put(locale.getKey(), texts(FIELD + "." + locale.getKey(), locale.getValue()));
        });
        return new Setting.MessageOverrides(read);
    }

    private static Map<String, String> texts(String path, JsonNode value) {
        var messages = object(path, value, MESSAGES_MAX, "message ids");
        var texts = new TreeMap<String, String>();
        messages.properties().forEach(message -> {
            if (!MESSAGE_ID.matcher(message.getKey()).matches()) {
                throw JsonBody.refused(path, "message ids of 1 to 128 letters, digits, dots, hyphens and underscores");
            }
            texts.put(message.getKey(), text(path, message.getKey(), message.getValue()));
        });
        return texts;
    }

    private static JsonNode object(String path, JsonNode value, int sizeMax, String what) {
        if (!value.isObject() || value.size() > sizeMax) {
            throw JsonBody.refused(path, "an object of at most " + sizeMax + " " + what);
        }
        return value;
    }

    private static String text(String locale, String messageId, JsonNode value) {
        var path = locale + "." + messageId;
        if (!value.isTextual() || value.textValue().length() > TEXT_LENGTH_MAX) {
            throw JsonBody.refused(path, "a string of at most " + TEXT_LENGTH_MAX + " characters");
        }
        if (!Texts.isWellFormed(value.textValue())) throw JsonBody.refused(path, "well-formed Unicode");
        Catalogue.pages().objection(messageId, value.textValue()).ifPresent(expected -> {
            throw JsonBody.refused(path, expected);
        });
        return value.textValue();
    }
}
