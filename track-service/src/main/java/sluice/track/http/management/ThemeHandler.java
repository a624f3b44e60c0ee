package sluice.track.http.management;

import io.javalin.http.Context;
import sluice.runtime.configuration.domain.Piece;
import sluice.runtime.configuration.domain.Setting;
import sluice.track.http.json.Json;
import sluice.track.http.json.JsonBody;
import sluice.track.theme.RefusedFieldException;
import sluice.track.theme.Theme;
import sluice.track.theme.ThemeDocument;

/** {@code /v1/management/theme}: how the pre-built pages look (management contract). Until it is set it is empty. */
final class ThemeHandler {
    private final Resource<Setting.Theme> themes;

    ThemeHandler(Desk desk) {
        this.themes = new Resource<>(desk, Setting.Theme.class, "theme", (piece, theme) -> ThemeDocument.of(theme));
    }

    void get(Context context) {
        themes.getOr(context, Piece.theme(themes.tenant(context)), Setting.Theme.UNSET);
    }

    void patch(Context context) {
        var piece = Piece.theme(themes.tenant(context));
        var body = JsonBody.of(context);
        themes.put(context, piece, before -> patched(before.orElse(Setting.Theme.UNSET), body));
    }

    static Setting.Theme patched(Setting.Theme before, JsonBody body) {
        try {
            return new Setting.Theme(Json.text(Theme.patched(ThemeDocument.of(before), body.all())));
        } catch (RefusedFieldException e) {
            throw JsonBody.refused(e.path(), e.expectation());
        }
    }
}
