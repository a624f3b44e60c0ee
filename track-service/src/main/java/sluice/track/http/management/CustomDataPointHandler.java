package sluice.track.http.management;

import io.javalin.http.Context;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import sluice.runtime.configuration.domain.Piece;
import sluice.runtime.configuration.domain.Setting;
import sluice.schemas.CustomDataModel;
import sluice.schemas.CustomDataType;
import sluice.track.http.json.JsonBody;

/**
 * {@code /v1/management/custom-data-points}: data points of the tenant's own, for rules to read (management contract).
 * Known by an id: two may have one name, as the contract does not forbid it.
 */
final class CustomDataPointHandler {
    private static final int NAME_LENGTH_MAX = 256;
    private static final int DESCRIPTION_LENGTH_MAX = 4096;
    private static final Set<CustomDataType> DATA_TYPES = EnumSet.complementOf(EnumSet.of(CustomDataType.UNKNOWN));
    private static final Set<CustomDataModel> MODEL_TYPES = EnumSet.complementOf(EnumSet.of(CustomDataModel.UNKNOWN));

    private final Resource<Setting.CustomDataPoint> points;

    CustomDataPointHandler(Desk desk) {
        this.points =
                new Resource<>(desk, Setting.CustomDataPoint.class, "custom data point", Answer::of, RuleGuard::check);
    }

    /** A custom data point as the contract has it. */
    private record Answer(
            String id,
            String name,
            String dataType,
            String modelType,
            @Nullable String description,
            boolean isPublic) {

        static Answer of(Piece piece, Setting.CustomDataPoint point) {
            return new Answer(
                    piece.key(),
                    point.name(),
                    Patch.lowerCase(point.dataType()),
                    Patch.lowerCase(point.modelType()),
                    point.description().orElse(null),
                    point.isPublic());
        }
    }

    void create(Context context) {
        var piece =
                Piece.customDataPoint(points.tenant(context), UUID.randomUUID().toString());
        var patch = new Patch(JsonBody.of(context));
        points.put(context, piece, before -> patched(before, patch));
    }

    void get(Context context) {
        points.get(context, piece(context));
    }

    void patch(Context context) {
        var piece = piece(context);
        var patch = new Patch(JsonBody.of(context));
        points.patch(context, piece, before -> patched(Optional.of(before), patch));
    }

    void delete(Context context) {
        points.delete(context, piece(context));
    }

    private Piece piece(Context context) {
        return Piece.customDataPoint(points.tenant(context), context.pathParam("id"));
    }

    static Setting.CustomDataPoint patched(Optional<Setting.CustomDataPoint> before, Patch patch) {
        return new Setting.CustomDataPoint(
                patch.requiredText("name", before.map(Setting.CustomDataPoint::name), NAME_LENGTH_MAX),
                patch.requiredWord("dataType", before.map(Setting.CustomDataPoint::dataType), DATA_TYPES),
                patch.requiredWord("modelType", before.map(Setting.CustomDataPoint::modelType), MODEL_TYPES),
                patch.text("description", before.flatMap(Setting.CustomDataPoint::description), DESCRIPTION_LENGTH_MAX),
                patch.flag("isPublic", before.map(Setting.CustomDataPoint::isPublic))
                        .orElse(false));
    }
}
