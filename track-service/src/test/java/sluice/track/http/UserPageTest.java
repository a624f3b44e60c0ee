package sluice.track.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import sluice.schemas.FoundUser;
import sluice.schemas.FoundUsers;
import sluice.schemas.Profile;

class UserPageTest {
    private static final Profile PROFILE = new Profile(null, null, null, null, null, null, Map.of(), null);

    @Test
    void givenOwnersThatLookedAtAll_whenMerged_thenThereIsNoNextPage() {
        var page = UserPage.of(List.of(answer(null, "b", "d"), answer(null), answer(null, "a", "c")), 4);

        assertThat(ids(page)).containsExactly("a", "b", "c", "d");
        assertThat(page.lastEvaluatedUserId()).isEmpty();
    }

    @Test
    void givenMoreThanAPageHolds_whenMerged_thenItGoesOnBehindItsLast() {
        var page = UserPage.of(List.of(answer(null, "b", "d"), answer(null, "a", "c")), 3);

        assertThat(ids(page)).containsExactly("a", "b", "c");
        assertThat(page.lastEvaluatedUserId()).hasValue("c");
    }

    /** U+FF5E comes before U+1F680 in UTF-8, and behind it as Java compares texts. */
    @Test
    void givenIdsBeyondTheBasicPlane_whenMerged_thenTheyComeAsTheStoresHaveThem() {
        assertThat(ids(UserPage.of(List.of(answer(null, "\uD83D\uDE80"), answer(null, "\uFF5E")), 2)))
                .containsExactly("\uFF5E", "\uD83D\uDE80");
    }

    /** It looked at its bound of users and found none of them to match. */
    @Test
    void givenAnOwnerThatStoppedEarly_whenMerged_thenNobodyBehindItIsOnThePage() {
        var page = UserPage.of(List.of(answer("b"), answer(null, "a", "c")), 3);

        assertThat(ids(page)).containsExactly("a");
        assertThat(page.lastEvaluatedUserId()).hasValue("b");
    }

    @Property
    void givenUsersOnSeveralOwners_whenPagedThrough_thenEachComesOnceInOrder(
            @ForAll("userIds") Set<String> userIds,
            @ForAll @IntRange(min = 1, max = 4) int owners,
            @ForAll @IntRange(min = 1, max = 5) int limit) {
        var all = userIds.stream().sorted(UserPage.BY_BYTES).toList();
        var found = new ArrayList<String>();
        var after = Optional.<String>empty();
        do {
            var answers = new ArrayList<FoundUsers>();
            for (var owner = 0; owner < owners; owner++) answers.add(ofOwner(owner, owners, all, after, limit));
            var page = UserPage.of(answers, limit);
            found.addAll(ids(page));
            after = page.lastEvaluatedUserId();
        } while (after.isPresent());

        assertThat(found).containsExactlyElementsOf(all);
    }

    private static FoundUsers ofOwner(int owner, int owners, List<String> all, Optional<String> after, int limit) {
        var left = all.stream()
                .filter(userId -> Math.floorMod(userId.hashCode(), owners) == owner)
                .filter(userId -> after.map(last -> UserPage.BY_BYTES.compare(userId, last) > 0)
                        .orElse(true))
                .toList();
        var first = left.stream().limit(limit).toArray(String[]::new);
        return answer(left.size() > limit ? first[limit - 1] : null, first);
    }

    @Provide
    Arbitrary<Set<String>> userIds() {
        return Arbitraries.of("a", "b", "\uFF5E", "\uD83D\uDE80")
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(parts -> String.join("", parts))
                .set()
                .ofMaxSize(20);
    }

    private static FoundUsers answer(@Nullable String lastEvaluated, String... userIds) {
        var users = Arrays.stream(userIds)
                .map(userId -> new FoundUser(userId, PROFILE))
                .toList();
        return new FoundUsers(users, lastEvaluated);
    }

    private static List<String> ids(UserPage page) {
        return page.users().stream().map(FoundUser::getUserId).toList();
    }
}
