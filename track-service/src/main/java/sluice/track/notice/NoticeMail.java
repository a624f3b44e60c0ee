package sluice.track.notice;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import sluice.schemas.Profile;
import sluice.schemas.UserView;
import sluice.track.delivery.Attempt;
import sluice.track.http.TenantPages;
import sluice.track.http.UserQueries;
import sluice.track.mail.EmailAddress;
import sluice.track.mail.Letter;
import sluice.track.mail.Mailer;
import sluice.track.mail.UnsentMailException;
import sluice.track.message.Wording;
import sluice.track.webhook.EventType;
import sluice.track.webhook.Questions;

/** Writes notices and hands them to the mail server, in the tenant's words and the user's language. Thread-safe. */
final class NoticeMail {
    private static final int REMEMBERED_MAX = 10_000;

    private final UserQueries users;
    private final Addressees addressees;
    private final TenantPages pages;
    private final Questions questions;
    private final Mailer mailer;
    private final NoticeMeters meters;

    /** What needs no second mail: events that come again, and addresses that had theirs when another failed. */
    private final Set<Sent> sent = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Sent, Boolean> eldest) {
            return size() > REMEMBERED_MAX;
        }
    }));

    private record Sent(String eventId, EmailAddress to) {}

    NoticeMail(
            UserQueries users,
            Addressees addressees,
            TenantPages pages,
            Questions questions,
            Mailer mailer,
            NoticeMeters meters) {
        this.users = users;
        this.addressees = addressees;
        this.pages = pages;
        this.questions = questions;
        this.mailer = mailer;
        this.meters = meters;
    }

    /** Makes one attempt; fails where the user's owner does not answer. */
    CompletableFuture<Attempt> send(Notice notice) {
        // whose mails are the tenant's own gets none of Sluice's
        if (questions.isAsked(notice.tenantId(), EventType.EMAIL_CREATED)) {
            meters.countLeftToTenant();
            return CompletableFuture.completedFuture(Attempt.DELIVERED);
        }
        return users.user(notice.tenantId(), notice.userId()).thenCompose(user -> sendToAll(notice, user));
    }

    private CompletableFuture<Attempt> sendToAll(Notice notice, UserView user) {
        var wording = pages.wordingOfMails(notice.tenantId(), locale(user));
        return addressees.of(notice, user).stream()
                .map(to -> send(notice, to, wording))
                .reduce(
                        CompletableFuture.completedFuture(Attempt.DELIVERED),
                        (one, other) ->
                                one.thenCombine(other, (first, second) -> first.isDelivered() ? second : first));
    }

    private static Optional<String> locale(UserView user) {
        return Optional.ofNullable(user.getProfile()).map(Profile::getLocale).filter(Wording::isLocale);
    }

    private CompletableFuture<Attempt> send(Notice notice, EmailAddress to, Wording wording) {
        var once = new Sent(notice.eventId(), to);
        if (sent.contains(once)) return CompletableFuture.completedFuture(Attempt.DELIVERED);
        var letter = new Letter(to, wording).withNews(notice.news(), notice.method(), notice.at());
        return mailer.send(letter)
                .thenApply(done -> {
                    sent.add(once);
                    meters.countSent();
                    return Attempt.DELIVERED;
                })
                .exceptionally(fault -> unsent(once, fault));
    }

    private Attempt unsent(Sent once, Throwable fault) {
        var cause = fault instanceof CompletionException wrapped ? wrapped.getCause() : fault;
        if (!(cause instanceof UnsentMailException unsent)) throw new CompletionException(cause);
        return switch (unsent.reason()) {
            case REFUSED -> {
                sent.add(once);
                meters.countGivenUp();
                yield Attempt.DELIVERED; // there is no such mailbox: nothing comes of trying again
            }
            case PUT_OFF -> new Attempt(Attempt.End.REFUSED, "put off", Optional.empty());
            case UNREACHED -> Attempt.failed("not reached");
        };
    }
}
