package sluice.track.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import sluice.schemas.CustomValue;
import sluice.track.http.json.JsonBody;

/** Custom data points in bodies and answers: texts, numbers, booleans and lists of texts by name. */
final class CustomData {
    private static final int NAME_LENGTH_MAX = 256;
    private static final int TEXT_LENGTH_MAX = 4096;
    private static final int COUNT_MAX = 100;
    private static final int ITEMS_MAX = 100;
    private static final int ITEM_LENGTH_MAX = 256;

    private CustomData() {}

    /** Reads them; one that is null is left out. */
    static Map<String, CustomValue> of(JsonBody body) {
        var custom = new HashMap<String, CustomValue>();
        body.entries("custom").forEach(entry -> {
            if (entry.getKey().length() > NAME_LENGTH_MAX || custom.size() == COUNT_MAX) {
                throw JsonBody.refused(
                        "custom", "at most " + COUNT_MAX + " names of at most " + NAME_LENGTH_MAX + " characters");
            }
            if (!entry.getValue().isNull()) custom.put(entry.getKey(), value(entry.getKey(), entry.getValue()));
        });
        return custom;
    }

    private static CustomValue value(String name, JsonNode value) {
        if (value.isTextual() && value.textValue().length() <= TEXT_LENGTH_MAX) {
            return new CustomValue(value.textValue(), null, null, null);
        }
        if (value.isNumber() && Double.isFinite(value.doubleValue())) {
            return new CustomValue(null, value.doubleValue(), null, null);
        }
        if (value.isBoolean()) return new CustomValue(null, null, value.booleanValue(), null);
        if (value.isArray()) return new CustomValue(null, null, null, texts(name, value));
        throw JsonBody.refused(
                "custom." + name,
                "a string of at most " + TEXT_LENGTH_MAX + " characters, a number, a boolean or a list of strings");
    }

    /** What a multiselect data point is told as. */
    private static List<String> texts(String name, JsonNode list) {
        var texts = new ArrayList<String>();
        for (var item : list) {
            if (texts.size() == ITEMS_MAX
                    || !item.isTextual()
                    || item.textValue().length() > ITEM_LENGTH_MAX) {
                throw JsonBody.refused(
                        "custom." + name,
                        "a list of at most " + ITEMS_MAX + " strings of at most " + ITEM_LENGTH_MAX + " characters");
            }
            texts.add(item.textValue());
        }
        return texts;
    }

    /** As an answer shows them, in the order of their names; a whole number without a fraction, as it came. */
    static Map<String, Object> answer(Map<String, CustomValue> custom) {
        var answer = new TreeMap<String, Object>();
        custom.forEach((name, value) -> answer.put(name, answer(value)));
        return answer;
    }

    /** One of them, likewise. */
    static Object answer(CustomValue value) {
        if (value.getText() != null) return value.getText();
        if (value.getTruth() != null) return value.getTruth();
        if (value.getTexts() != null) return value.getTexts();
        var number = value.getNumber();
        return number == Math.rint(number) && Math.abs(number) < 1L << 53 ? (Object) number.longValue() : number;
    }
}
