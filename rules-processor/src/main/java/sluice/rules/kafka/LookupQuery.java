package sluice.rules.kafka;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;
import sluice.rules.domain.LookupKey;
import sluice.rules.domain.Profile;
import sluice.rules.domain.User;
import sluice.runtime.query.QueryServer;
import sluice.runtime.seal.Blinding;
import sluice.runtime.seal.Sealing;
import sluice.schemas.FoundUser;
import sluice.schemas.FoundUsers;
import sluice.schemas.UserLookup;
import sluice.schemas.id.UserKey;
import sluice.schemas.wire.AvroSerde;
import sluice.schemas.wire.SchemaIds;

/**
 * Users of a partition by what is known of them. Question: a UserLookup; answer: FoundUsers. The index says whom to look
 * at, the user's record whether they match. Thread-safe.
 */
public final class LookupQuery implements QueryServer.Query {
    static final int LIMIT_MAX = 100;

    /** Users looked at for one answer, however many share the first value and lack the others. */
    static final int LOOKED_AT_MAX = 1000;

    private final IntFunction<ReadOnlyKeyValueStore<String, String>> entries;
    private final IntFunction<ReadOnlyKeyValueStore<String, sluice.schemas.User>> users;
    private final Lookup lookup;
    private final UserMapper mapper;
    private final AvroSerde<UserLookup> question;
    private final AvroSerde<FoundUsers> answer;

    /**
     * @param entries the index of a partition
     * @param users the users of a partition
     */
    public LookupQuery(
            IntFunction<ReadOnlyKeyValueStore<String, String>> entries,
            IntFunction<ReadOnlyKeyValueStore<String, sluice.schemas.User>> users,
            Sealing sealing,
            Blinding blinding,
            SchemaIds ids) {
        this.entries = entries;
        this.users = users;
        this.lookup = new Lookup(blinding);
        this.mapper = new UserMapper(sealing, ids);
        this.question = new AvroSerde<>(UserLookup.class, ids);
        this.answer = new AvroSerde<>(FoundUsers.class, ids);
    }

    @Override
    public byte[] answer(int partition, byte[] bytes) {
        var query = question.fromBytes(bytes);
        var wanted = wanted(query);
        if (wanted.isEmpty() || !UserKey.isTenantId(query.getTenantId())) return answer.toBytes(none());
        var store = users.apply(partition);
        var found = query.getUserId() != null
                ? one(store, query, query.getUserId(), wanted.get())
                : many(store, entries.apply(partition), query, wanted.get());
        return answer.toBytes(found);
    }

    /** What a user must have; empty if nobody can have it. */
    private static Optional<Set<LookupKey>> wanted(UserLookup query) {
        var wanted = new LinkedHashSet<LookupKey>();
        for (var filter : query.getFilters()) {
            var key = LookupKey.of(filter.getField(), filter.getValue());
            if (key.isEmpty()) return Optional.empty();
            wanted.add(key.get());
        }
        return Optional.of(wanted);
    }

    private FoundUsers one(
            ReadOnlyKeyValueStore<String, sluice.schemas.User> store,
            UserLookup query,
            String userId,
            Set<LookupKey> wanted) {
        var found = matching(store, query.getTenantId(), userId, wanted);
        return new FoundUsers(found.stream().map(LookupQuery::found).toList(), null);
    }

    private FoundUsers many(
            ReadOnlyKeyValueStore<String, sluice.schemas.User> store,
            ReadOnlyKeyValueStore<String, String> index,
            UserLookup query,
            Set<LookupKey> wanted) {
        var limit = Math.max(1, Math.min(query.getLimit(), LIMIT_MAX));
        var found = new ArrayList<FoundUser>();
        var lookedAt = 0;
        @Nullable String last = null;
        var first = wanted.stream().findFirst();
        if (first.isEmpty()) return none();
        try (var hits = lookup.scan(index, query.getTenantId(), first.get(), query.getAfter())) {
            while (hits.hasNext() && found.size() < limit && lookedAt < LOOKED_AT_MAX) {
                last = Lookup.userIdOf(hits.next().key);
                lookedAt++;
                matching(store, query.getTenantId(), last, wanted)
                        .map(LookupQuery::found)
                        .ifPresent(found::add);
            }
            return new FoundUsers(found, hits.hasNext() ? last : null);
        }
    }

    private static FoundUsers none() {
        return new FoundUsers(List.of(), null);
    }

    /** The user as their record has them, if they have all that is wanted: the entry may be from before. */
    private Optional<User> matching(
            ReadOnlyKeyValueStore<String, sluice.schemas.User> store,
            String tenantId,
            String userId,
            Set<LookupKey> wanted) {
        return Stream.ofNullable(store.get(UserKey.of(tenantId, userId)))
                .map(mapper::toDomain)
                .filter(user -> user.isKnown() && LookupKey.allOf(user).containsAll(wanted))
                .findFirst();
    }

    private static FoundUser found(User user) {
        Profile profile = user.profile();
        var told = sluice.schemas.Profile.newBuilder()
                .setEmail(profile.email().orElse(null))
                .setEmailVerified(profile.emailVerified().orElse(null))
                .setPhoneNumber(profile.phoneNumber().orElse(null))
                .setPhoneNumberVerified(profile.phoneNumberVerified().orElse(null))
                .setUsername(profile.username().orElse(null))
                .build();
        return new FoundUser(user.userId(), told);
    }
}
