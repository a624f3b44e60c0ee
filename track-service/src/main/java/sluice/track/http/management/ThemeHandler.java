package sluice.track.http.management;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import sluice.runtime.configuration.domain.Piece;
import sluice.runtime.configuration.domain.Setting;
import sluice.track.http.json.Json;
import sluice.track.http.json.JsonBody;
import sluice.track.theme.RefusedFieldException;
import sluice.track.theme.Theme;

/** {@code /v1/management/theme}: how the pre-built pages look (management contract). Until it is set it is empty. */
final class ThemeHandler {
    private final Resource<Setting.Theme> themes;

    ThemeHandler(Desk desk) {
        this.themes = new Resource<>(desk, Setting.Theme.class, "theme", (piece, theme) -> tree(theme));
    }

    void get(Context context) {
        themes.getOr(context, Piece.theme(themes.tenant(context)), Setting.Theme.UNSET);
    }

    void patch(Context context) {
        var piece = Piece.theme(themes.tenant(context));
        var body = JsonBody.of(context);
        themes.put(context, piece, before -> patched(before.orElse(Setting.Theme.UNSET), body));
    }

    private static Setting.Theme patched(Setting.Theme before, JsonBody body) {
        try {
            return new Setting.Theme(Json.text(Theme.patched(tree(before), body.all())));
        } catch (RefusedFieldException e) {
            throw JsonBody.refused(e.path(), e.expectation());
        }
    }

    private static ObjectNode tree(Setting.Theme theme) {
        try {
            return (ObjectNode) Json.MAPPER.readTree(theme.document());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A theme on the log is no JSON object", e);
        }
    }
}
