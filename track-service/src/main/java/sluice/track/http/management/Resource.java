package sluice.track.http.management;

import io.javalin.http.Context;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import sluice.runtime.configuration.domain.Author;
import sluice.runtime.configuration.domain.Change;
import sluice.runtime.configuration.domain.ConfigurationView;
import sluice.runtime.configuration.domain.Piece;
import sluice.runtime.configuration.domain.Setting;
import sluice.track.http.Refusal;
import sluice.track.http.RefusedException;

/**
 * One resource of the management API as pieces of the configuration log: read, changed by compare and append, and
 * answered once the change was read back, so that the caller's next call here is served under it (ADR 4).
 *
 * @param <S> its settings
 */
final class Resource<S extends Setting> {
    private final Desk desk;
    private final Class<S> type;
    private final String name;
    private final BiFunction<Piece, S, Object> answer;
    private final Guard guard;

    /** Refuses a change, by what else is configured. */
    interface Guard {
        /** Any change will do. */
        Guard NONE = (view, piece, after) -> {};

        void check(ConfigurationView view, Piece piece, Optional<? extends Setting> after);
    }

    /**
     * @param name of the resource, for refusals
     * @param answer what the contract answers for a piece and its value
     */
    Resource(Desk desk, Class<S> type, String name, BiFunction<Piece, S, Object> answer) {
        this(desk, type, name, answer, Guard.NONE);
    }

    /** @param guard looks at every change before it is made */
    Resource(Desk desk, Class<S> type, String name, BiFunction<Piece, S, Object> answer, Guard guard) {
        this.guard = guard;
        this.desk = desk;
        this.type = type;
        this.name = name;
        this.answer = answer;
    }

    /** The tenant that calls, by its management secret. */
    String tenant(Context context) {
        return desk.callers().management(context);
    }

    /** Who makes the call's changes. */
    Author author(Context context) {
        return desk.author(context);
    }

    /** Answers with the piece; 404 if it is not there. */
    void get(Context context, Piece piece) {
        context.json(answer.apply(piece, found(value(piece))));
    }

    /** Answers with the piece, or with what stands for one that was never set. */
    void getOr(Context context, Piece piece, S unset) {
        context.json(answer.apply(piece, value(piece).orElse(unset)));
    }

    /** Changes a piece that must be there; 404 if it is not. */
    void patch(Context context, Piece piece, UnaryOperator<S> changed) {
        put(context, piece, before -> changed.apply(found(before)));
    }

    /** Changes a piece that must be there, once something else is done. */
    void patch(Context context, Supplier<CompletableFuture<?>> first, Piece piece, UnaryOperator<S> changed) {
        put(context, first, piece, before -> changed.apply(found(before)));
    }

    /**
     * Sets a piece and answers with it.
     *
     * @param changed makes the new value of the old one, empty where there is none, or refuses; run again if somebody
     *     else's change came in between
     */
    void put(Context context, Piece piece, Function<Optional<S>, S> changed) {
        put(context, () -> CompletableFuture.completedFuture(null), piece, changed);
    }

    /** Sets a piece once something else is done, and answers with it. */
    void put(Context context, Supplier<CompletableFuture<?>> first, Piece piece, Function<Optional<S>, S> changed) {
        var author = author(context);
        context.future(() -> first.get()
                .thenCompose(done -> change(author, piece, before -> Optional.of(changed.apply(before))))
                .thenAccept(after -> context.json(answer.apply(piece, after.orElseThrow()))));
    }

    /** Sets a piece that is not there. */
    CompletableFuture<?> ensure(Author author, Piece piece, S value) {
        return change(author, piece, before -> before.or(() -> Optional.of(value)));
    }

    /** Sets a piece, whatever it is. */
    CompletableFuture<?> set(Author author, Piece piece, S value) {
        return change(author, piece, before -> Optional.of(value));
    }

    /** Removes a piece that must be there; 404 if it is not. The answer is an empty object, which clients parse. */
    void delete(Context context, Piece piece) {
        var author = author(context);
        context.future(() -> change(author, piece, before -> {
                    found(before);
                    return Optional.empty();
                })
                .thenAccept(gone -> context.json(Map.of())));
    }

    /** Removes a piece, where it is there. */
    CompletableFuture<?> remove(Author author, Piece piece) {
        return change(author, piece, before -> Optional.empty());
    }

    /** The refusal of a second one under the same name. */
    RefusedException thereAlready() {
        return Refusal.INVALID_REQUEST.because("There is such " + name + " already.");
    }

    private S found(Optional<S> value) {
        return value.orElseThrow(this::notThere);
    }

    /** The refusal of one that is not there. */
    RefusedException notThere() {
        return Refusal.NOT_FOUND.because("There is no such " + name + ".");
    }

    private Optional<S> value(Piece piece) {
        return desk.configuration().newest().value(piece, type);
    }

    /** Reads, changes, appends; again if somebody else's change came in between. */
    private CompletableFuture<Optional<S>> change(Author author, Piece piece, UnaryOperator<Optional<S>> changed) {
        var view = desk.configuration().newest();
        var before = view.value(piece, type);
        var after = changed.apply(before);
        // the topic keeps every record for ever, so one that would change nothing is not written
        if (after.equals(before)) return CompletableFuture.completedFuture(after);
        guard.check(view, piece, after);
        var change = new Change(
                UUID.randomUUID().toString(),
                piece,
                view.changedAt(piece),
                desk.clock().instant(),
                author,
                after.map(Setting.class::cast));
        return desk.configuration()
                .append(change)
                .thenCompose(
                        counted -> counted ? CompletableFuture.completedFuture(after) : change(author, piece, changed));
    }
}
