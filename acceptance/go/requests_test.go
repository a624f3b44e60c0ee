package acceptance

import (
	"encoding/base64"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/authsignal/authsignalgo/v2/client"
)

// body is what a request was sent with.
func body(t *testing.T, request *http.Request) string {
	t.Helper()
	reader := answered[io.ReadCloser](t)(request.GetBody())
	return string(answered[[]byte](t)(io.ReadAll(reader)))
}

func TestGivenTheSecret_whenACallIsMade_thenItGoesAsBasicWithAColonAndAnEmptyPassword(t *testing.T) {
	sdk, noting := serverClient(t, apiSecret)

	user(t, sdk, newUser())

	equal(t, "Authorization", noting.last().Header.Get("Authorization"),
		"Basic "+base64.StdEncoding.EncodeToString([]byte(apiSecret+":")))
}

func TestGivenAWrongSecret_whenACallIsMade_thenTheSdkGivesTheVeryWordsThatAllSdksKnow(t *testing.T) {
	for _, secret := range []string{"", "wrong", apiSecret + "x", tenantID, managementSecret} {
		sdk, _ := serverClient(t, secret)
		userID := newUser()
		_, track := sdk.Track(client.TrackRequest{UserId: userID, Action: "signIn"})
		_, validate := sdk.ValidateChallenge(client.ValidateChallengeRequest{Token: "x"})
		_, user := sdk.GetUser(client.GetUserRequest{UserId: userID})
		_, update := sdk.UpdateUser(client.UpdateUserRequest{UserId: userID, Attributes: &client.UserAttributes{}})
		_, action := sdk.GetAction(client.GetActionRequest{UserId: userID, Action: "signIn"}) // a path with no key
		_, authenticators := sdk.GetAuthenticators(client.GetAuthenticatorsRequest{UserId: userID})
		for _, err := range []error{
			track, validate, user, update, action, authenticators, sdk.DeleteUser(client.DeleteUserRequest{UserId: userID}),
		} {
			equal(t, "description", refused(t, err, 401, "unauthorized"), unauthorized)
			equal(t, "error", err.Error(), "AuthsignalException: 401 - "+unauthorized)
		}
	}
}

func TestGivenAnActionCodeThatIsNone_whenItIsTracked_thenItIsRefused(t *testing.T) {
	sdk, _ := serverClient(t, apiSecret)

	for _, code := range []string{"no.code", strings.Repeat("x", 65)} {
		_, err := sdk.Track(client.TrackRequest{UserId: newUser(), Action: code})
		refused(t, err, 400, "invalid_request")
	}
}

// The SDK puts an id into the path as it is given; Go's own URL then encodes what can't stand there.
func TestGivenAnIdThatMayStandInAPath_whenItGoesThroughTheCalls_thenItIsTheSameUserInAll(t *testing.T) {
	sdk, _ := serverClient(t, apiSecret)

	for _, userID := range []string{
		"ada lovelace", "a+b", "a;b=1", "auth0|5f7c8ec7", "urn:user:1", "ada@example.com", `"'<script>`, "école", "👩‍🚀", `..\x`,
		"~a.b-c_d", "a&b=c", strings.Repeat("x", 256),
	} {
		roundTrip(t, sdk, userID, userID)
	}
}

// What has another meaning in a path, callers encode; Sluice decodes it once.
func TestGivenAnIdThatTheCallerEncodes_whenItGoesThroughTheCalls_thenItIsTheUserWithTheIdDecodedOnce(t *testing.T) {
	sdk, _ := serverClient(t, apiSecret)

	for _, userID := range []string{"a/b", "100%", "a%2Fb", "a?b#c", "a\nb", "%", "é/?"} {
		roundTrip(t, sdk, userID, url.PathEscape(userID))
	}
}

// roundTrip checks that the id, given so, is that user in every call, of which the last forgets them.
func roundTrip(t *testing.T, sdk client.Client, userID, given string) {
	t.Helper()
	tracked := track(t, sdk, given, "signIn")
	equal(t, "validated", validate(t, sdk, tracked.Token).UserId, userID)
	equal(t, "state", action(t, sdk, given, "signIn", tracked.IdempotencyKey).State, "CHALLENGE_REQUIRED")
	answered[client.UserAttributes](t)(sdk.UpdateUser(
		client.UpdateUserRequest{UserId: given, Attributes: &client.UserAttributes{DisplayName: userID}}))
	equal(t, "display name", user(t, sdk, given).DisplayName, userID)
	equal(t, "authenticators", authenticators(t, sdk, given), []client.UserAuthenticator{})
	if err := sdk.DeleteUser(client.DeleteUserRequest{UserId: given}); err != nil {
		t.Error(err)
	}
	equal(t, "display name", user(t, sdk, given).DisplayName, "")
}

func TestGivenAnIdThatIsNoPathPart_whenItIsNotEncoded_thenItIsNoUsersOrNeverSent(t *testing.T) {
	sdk, noting := serverClient(t, apiSecret)

	for _, userID := range []string{"a/b", "/", ""} {
		_, err := sdk.Track(client.TrackRequest{UserId: userID, Action: "signIn"})
		refused(t, err, 404, "invalid_request")
	}
	sent := len(noting.sent)
	if _, err := sdk.Track(client.TrackRequest{UserId: "100%", Action: "signIn"}); err == nil {
		t.Error("a path that can't be parsed was sent")
	}
	equal(t, "requests", len(noting.sent), sent)
}

// The SDK sends nothing twice: of a write whose answer was lost, the caller makes one action by its idempotency key.
func TestGivenAWriteWhoseAnswerIsLost_whenTheCallerRepeatsIt_thenItIsOneAction(t *testing.T) {
	sdk, noting := serverClient(t, apiSecret)
	request := client.TrackRequest{
		UserId: newUser(), Action: "pay", Attributes: &client.TrackAttributes{IdempotencyKey: unique("order")},
	}

	noting.loseAnswers = true
	if _, err := sdk.Track(request); err == nil {
		t.Error("the answer was not lost")
	}
	equal(t, "requests", len(noting.sent), 1)
	noting.loseAnswers = false
	first := action(t, sdk, request.UserId, "pay", request.Attributes.IdempotencyKey)
	again := answered[client.TrackResponse](t)(sdk.Track(request))

	equal(t, "idempotency key", again.IdempotencyKey, request.Attributes.IdempotencyKey)
	equal(t, "action", action(t, sdk, request.UserId, "pay", again.IdempotencyKey), first)
}
