package sluice.track.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import sluice.schemas.FoundUser;
import sluice.schemas.FoundUsers;

/**
 * One page of users, merged from what every owner found.
 *
 * @param lastEvaluatedUserId where the next page goes on; empty if there is none
 */
record UserPage(List<FoundUser> users, Optional<String> lastEvaluatedUserId) {
    /** As the owners' stores have them, and not as Java compares texts: the two differ beyond U+FFFF. */
    static final Comparator<String> BY_BYTES =
            Comparator.comparing(userId -> userId.getBytes(UTF_8), Arrays::compareUnsigned);

    /**
     * Merges. An owner that has not looked at all it has may have more behind its last one: nobody behind the first of
     * those is on this page.
     *
     * @param limit users of a page
     */
    static UserPage of(List<FoundUsers> answers, int limit) {
        var behind = answers.stream()
                .map(FoundUsers::getLastEvaluatedUserId)
                .filter(Objects::nonNull)
                .min(BY_BYTES);
        var users = answers.stream()
                .flatMap(answer -> answer.getUsers().stream())
                .filter(user -> behind.map(last -> BY_BYTES.compare(user.getUserId(), last) <= 0)
                        .orElse(true))
                .sorted(Comparator.comparing(FoundUser::getUserId, BY_BYTES))
                .toList();
        if (users.size() <= limit) return new UserPage(users, behind);
        var page = users.subList(0, limit);
        return new UserPage(page, Optional.of(page.get(limit - 1).getUserId()));
    }
}
