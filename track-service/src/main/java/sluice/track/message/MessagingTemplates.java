package sluice.track.message;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An action's {@code messagingTemplates} (management contract), as far as they are about mails: locale to an object whose
 * {@code defaultTemplate} is the text above the code or the link. Whatever else is in them does nothing here.
 */
public final class MessagingTemplates {
    /** Stands in a template for the code, in the braces of this catalogue or in those of the official service. */
    public static final Pattern CODE = Pattern.compile("\\{\\{\\s*code\\s*}}|\\{code}");

    private static final ObjectMapper JSON = new ObjectMapper();

    private MessagingTemplates() {}

    /**
     * The tenant's texts with those of an action's templates over them. A template that is about a code is not used for
     * a link.
     *
     * @param overrides locale to message id to text
     * @param templates JSON, as it was given
     */
    public static Map<String, Map<String, String>> over(
            Map<String, Map<String, String>> overrides, Optional<String> templates) {
        var texts = new HashMap<String, Map<String, String>>();
        overrides.forEach((locale, own) -> texts.computeIfAbsent(Wording.tag(locale), tag -> new HashMap<>())
                .putAll(own));
        templates.map(MessagingTemplates::read).stream()
                .flatMap(read -> read.properties().stream())
                .filter(each -> Wording.isLocale(each.getKey()))
                .filter(each -> each.getValue().path("defaultTemplate").isTextual())
                .forEach(each -> put(
                        texts.computeIfAbsent(Wording.tag(each.getKey()), tag -> new HashMap<>()),
                        each.getValue().path("defaultTemplate").textValue()));
        return texts;
    }

    private static void put(Map<String, String> texts, String template) {
        if (template.isBlank()) return;
        texts.put("email-code-message.lead", template);
        if (!CODE.matcher(template).find()) texts.put("email-link-message.lead", template);
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The log has templates that are no JSON", e);
        }
    }
}
