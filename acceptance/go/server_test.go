package acceptance

import (
	"regexp"
	"strings"
	"testing"

	"github.com/authsignal/authsignalgo/v2/client"
)

const unauthorized = "The request is unauthorized. Check that your API key and region base URL are correctly configured."

func track(t *testing.T, sdk client.Client, userID, action string) client.TrackResponse {
	t.Helper()
	return answered[client.TrackResponse](t)(sdk.Track(client.TrackRequest{UserId: userID, Action: action}))
}

func action(t *testing.T, sdk client.Client, userID, code, key string) client.GetActionResponse {
	t.Helper()
	return answered[client.GetActionResponse](t)(
		sdk.GetAction(client.GetActionRequest{UserId: userID, Action: code, IdempotencyKey: key}))
}

func user(t *testing.T, sdk client.Client, userID string) client.GetUserResponse {
	t.Helper()
	return answered[client.GetUserResponse](t)(sdk.GetUser(client.GetUserRequest{UserId: userID}))
}

func authenticators(t *testing.T, sdk client.Client, userID string) []client.UserAuthenticator {
	t.Helper()
	return answered[[]client.UserAuthenticator](t)(
		sdk.GetAuthenticators(client.GetAuthenticatorsRequest{UserId: userID}))
}

func validate(t *testing.T, sdk client.Client, token string) client.ValidateChallengeResponse {
	t.Helper()
	return answered[client.ValidateChallengeResponse](t)(
		sdk.ValidateChallenge(client.ValidateChallengeRequest{Token: token}))
}

func vouch(sdk client.Client, userID, method, email, phoneNumber string) (client.EnrollVerifiedAuthenticatorResponse, error) {
	return sdk.EnrollVerifiedAuthenticator(client.EnrollVerifiedAuthenticatorRequest{
		UserId: userID,
		Attributes: &client.EnrollVerifiedAuthenticatorAttributes{
			VerificationMethod: method, Email: email, PhoneNumber: phoneNumber,
		},
	})
}

func TestGivenANewUser_whenAnActionIsTracked_thenAChallengeIsRequired(t *testing.T) {
	sdk, _ := serverClient(t, apiSecret)
	userID := newUser()

	tracked := track(t, sdk, userID, "signIn")

	equal(t, "state", tracked.State, "CHALLENGE_REQUIRED")
	equal(t, "isEnrolled", *tracked.IsEnrolled, false)
	equal(t, "enrolled methods", tracked.EnrolledVerificationMethods, []string{})
	if len(tracked.AllowedVerificationMethods) == 0 || tracked.IdempotencyKey == "" {
		t.Errorf("%+v", tracked)
	}
	if strings.Count(tracked.Token, ".") != 2 || !strings.Contains(tracked.Url, "?") {
		t.Errorf("%+v", tracked)
	}
}

func TestGivenEveryAttribute_whenAnActionIsTracked_thenTheProfileHasWhatBelongsThere(t *testing.T) {
	sdk, _ := serverClient(t, apiSecret)
	userID, yes, amount := newUser(), true, float32(1.5)

	tracked := answered[client.TrackResponse](t)(sdk.Track(client.TrackRequest{
		UserId: userID, Action: "signIn", Attributes: &client.TrackAttributes{
			IdempotencyKey: "given", RedirectUrl: "http://localhost:3000", RedirectToSettings: &yes,
			Email: "ada@shop.example", PhoneNumber: "1234567890", IpAddress: "127.0.0.1", UserAgent: "Go",
			Username: "Ада 🧑‍🚀", ChallengeId: "none", DeviceId: "device123", Scope: "add:authenticators",
			Custom: map[string]any{"text": "a", "number": 1.5, "truth": false},
			Crypto: &client.Crypto{Asset: "BTC", AssetAmount: &amount},
		},
	}))

	equal(t, "idempotency key", tracked.IdempotencyKey, "given")
	known := user(t, sdk, userID)
	equal(t, "profile", []string{known.Email, known.PhoneNumber, known.Username},
		[]string{"ada@shop.example", "1234567890", "Ада 🧑‍🚀"})
}

// The SDK leaves out what is unset, but for switches, which it sends as null.
func TestGivenAttributesWithAnUnsetSwitch_whenAnActionIsTracked_thenItIsSentAsNullAndTracked(t *testing.T) {
	sdk, noting := serverClient(t, apiSecret)

	tracked := answered[client.TrackResponse](t)(sdk.Track(client.TrackRequest{
		UserId: newUser(), Action: "signIn", Attributes: &client.TrackAttributes{},
	}))

	equal(t, "body", body(t, noting.last()), `{"redirectToSettings":null}`)
	equal(t, "state", tracked.State, "CHALLENGE_REQUIRED")
}

func TestGivenAnIdempotencyKey_whenItComesAgain_thenItIsTheSameActionWithATokenThatWorks(t *testing.T) {
	sdk, _ := serverClient(t, apiSecret)
	request := client.TrackRequest{
		UserId: newUser(), Action: "pay", Attributes: &client.TrackAttributes{IdempotencyKey: "order-7"},
	}

	for i := 0; i < 2; i++ {
		tracked := answered[client.TrackResponse](t)(sdk.Track(request))
		equal(t, "idempotency key", validate(t, sdk, tracked.Token).IdempotencyKey, "order-7")
	}

	created := action(t, sdk, request.UserId, "pay", "order-7")
	equal(t, "state", created.State, "CHALLENGE_REQUIRED")
}

func TestGivenATrackedAction_whenItIsAskedFor_thenItsStateAndTheReasonForItAreTold(t *testing.T) {
	sdk, _ := serverClient(t, apiSecret)
	userID := newUser()

	found := action(t, sdk, userID, "signIn", track(t, sdk, userID, "signIn").IdempotencyKey)

	equal(t, "state", found.State, "CHALLENGE_REQUIRED")
	equal(t, "outcome", found.Output.(map[string]any)["outcome"], any("CHALLENGE"))
	equal(t, "rules", *found.Rules, []client.Rule{})
	equal(t, "method", found.VerificationMethod, "")
	instant := regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$`)
	for _, at := range []string{found.CreatedAt, found.StateUpdatedAt} {
		if !instant.MatchString(at) {
			t.Errorf("not an instant: %q", at)
		}
	}
}

func TestGivenAnActionThatNeverWas_whenItIsAskedForOrChanged_thenItIsA404(t *testing.T) {
	sdk, _ := serverClient(t, apiSecret)
	userID := newUser()
	key := track(t, sdk, userID, "signIn").IdempotencyKey

	for _, unknown := range []client.GetActionRequest{
		{UserId: userID, Action: "signIn", IdempotencyKey: "never"},
		{UserId: userID, Action: "pay", IdempotencyKey: key},
		{UserId: newUser(), Action: "signIn", IdempotencyKey: key},
	} {
		_, err := sdk.GetAction(unknown)
		refused(t, err, 404, "invalid_request")
		_, err = sdk.UpdateAction(client.UpdateActionRequest{
			UserId: unknown.UserId, Action: unknown.Action, IdempotencyKey: unknown.IdempotencyKey,
			Attributes: &client.ActionAttributes{State: "BLOCK"},
		})
		refused(t, err, 404, "invalid_request")
	}
}

func TestGivenAChallenge_whenTheBackendSetsItsState_thenItIsThat(t *testing.T) {
	sdk, _ := serverClient(t, apiSecret)
	userID := newUser()
	tracked := track(t, sdk, userID, "signIn")
	update := func(attributes *client.ActionAttributes) (client.ActionAttributes, error) {
		return sdk.UpdateAction(client.UpdateActionRequest{
			UserId: userID, Action: "signIn", IdempotencyKey: tracked.IdempotencyKey, Attributes: attributes,
		})
	}

	for _, wrong := range []*client.ActionAttributes{nil, {}, {State: "MAYBE"}} {
		_, err := update(wrong)
		refused(t, err, 400, "invalid_request")
	}
	for state, isValid := range map[string]bool{"REVIEW_REQUIRED": false, "BLOCK": false, "ALLOW": true} {
		equal(t, "updated", answered[client.ActionAttributes](t)(update(&client.ActionAttributes{State: state})).State, state)
		equal(t, "asked for", action(t, sdk, userID, "signIn", tracked.IdempotencyKey).State, state)
		validated := validate(t, sdk, tracked.Token)
		equal(t, "validated", []any{validated.State, *validated.IsValid}, []any{state, isValid})
	}
}

func TestGivenAFreshToken_whenItIsValidated_thenItIsNotValidYet(t *testing.T) {
	sdk, _ := serverClient(t, apiSecret)
	userID := newUser()
	tracked := track(t, sdk, userID, "signIn")

	validated := validate(t, sdk, tracked.Token)

	equal(t, "isValid", *validated.IsValid, false)
	equal(t, "told",
		[]string{validated.State, validated.UserId, validated.Action, validated.IdempotencyKey, validated.VerificationMethod},
		[]string{"CHALLENGE_REQUIRED", userID, "signIn", tracked.IdempotencyKey, ""})
}

func TestGivenAForgedTokenOrAnotherBinding_whenItIsValidated_thenNothingOfTheActionIsTold(t *testing.T) {
	sdk, _ := serverClient(t, apiSecret)
	token := track(t, sdk, newUser(), "signIn").Token
	no := false

	for _, question := range []client.ValidateChallengeRequest{
		{Token: "not-a-token"},
		{Token: token[:strings.LastIndex(token, ".")+1] + strings.Repeat("A", 43)},
		{Token: token, UserId: newUser()},
		{Token: token, Action: "pay"},
	} {
		equal(t, "validated", answered[client.ValidateChallengeResponse](t)(sdk.ValidateChallenge(question)),
			client.ValidateChallengeResponse{IsValid: &no})
	}
	_, err := sdk.ValidateChallenge(client.ValidateChallengeRequest{})
	refused(t, err, 400, "invalid_request")
}

func TestGivenANewUser_whenTheirClientEnrolsAnApp_thenTheActionValidatesAndTheAppIsListedUntilItIsDeleted(t *testing.T) {
	sdk, _ := serverClient(t, apiSecret)
	userID := newUser()

	enrolled, _, token := enrol(t, track(t, sdk, userID, "enroll").Token)

	validated := validate(t, sdk, token)
	equal(t, "validated", []any{*validated.IsValid, validated.State}, []any{true, "CHALLENGE_SUCCEEDED"})
	known := user(t, sdk, userID)
	equal(t, "isEnrolled", *known.IsEnrolled, true)
	equal(t, "enrolled methods", known.EnrolledVerificationMethods, []string{"AUTHENTICATOR_APP"})
	listed := authenticators(t, sdk, userID)
	if len(listed) != 1 || listed[0].CreatedAt == "" || listed[0].VerifiedAt < listed[0].CreatedAt {
		t.Fatalf("%+v", listed)
	}
	equal(t, "listed", []string{listed[0].UserAuthenticatorId, listed[0].UserId, listed[0].VerificationMethod},
		[]string{enrolled.UserAuthenticatorID, userID, "AUTHENTICATOR_APP"})

	deletion := client.DeleteAuthenticatorRequest{UserId: userID, UserAuthenticatorId: enrolled.UserAuthenticatorID}
	refused(t, sdk.DeleteAuthenticator(
		client.DeleteAuthenticatorRequest{UserId: newUser(), UserAuthenticatorId: enrolled.UserAuthenticatorID}),
		404, "invalid_request")
	if err := sdk.DeleteAuthenticator(deletion); err != nil {
		t.Fatal(err)
	}
	equal(t, "listed", authenticators(t, sdk, userID), []client.UserAuthenticator{})
	equal(t, "isEnrolled", *user(t, sdk, userID).IsEnrolled, false)
	refused(t, sdk.DeleteAuthenticator(deletion), 404, "invalid_request")
}

func TestGivenAnEnrolledUser_whenAWrongAndTheRightCodeCome_thenOnlyTheRightOneValidates(t *testing.T) {
	sdk, _ := serverClient(t, apiSecret)
	userID := newUser()
	_, app, _ := enrol(t, track(t, sdk, userID, "enroll").Token)
	tracked := track(t, sdk, userID, "signIn")
	equal(t, "tracked", []any{tracked.State, *tracked.IsEnrolled}, []any{"CHALLENGE_REQUIRED", true})

	wrong := verify(t, tracked.Token, app.wrongCode())
	before := validate(t, sdk, tracked.Token)
	right := verify(t, tracked.Token, app.code(0))
	after := validate(t, sdk, right.AccessToken)

	equal(t, "wrong", wrong, verification{FailureReason: "CODE_INVALID_OR_EXPIRED"})
	equal(t, "before", []any{*before.IsValid, before.State}, []any{false, "CHALLENGE_REQUIRED"})
	equal(t, "after", []any{*after.IsValid, after.State, after.VerificationMethod},
		[]any{true, "CHALLENGE_SUCCEEDED", "AUTHENTICATOR_APP"})
}

func TestGivenAContactThatTheBackendVouchesFor_whenItIsEnrolled_thenItIsAnAuthenticator(t *testing.T) {
	sdk, _ := serverClient(t, apiSecret)

	for method, contact := range map[string][2]string{
		"SMS": {"", "+6421000000"}, "EMAIL_OTP": {"ada@shop.example", ""}, "EMAIL_MAGIC_LINK": {"ada@shop.example", ""},
	} {
		userID := newUser()

		enrolled := answered[client.EnrollVerifiedAuthenticatorResponse](t)(vouch(sdk, userID, method, contact[0], contact[1]))

		authenticator := enrolled.Authenticator
		equal(t, method,
			[]string{authenticator.UserId, authenticator.VerificationMethod, authenticator.Email, authenticator.PhoneNumber},
			[]string{userID, method, contact[0], contact[1]})
		equal(t, "recovery codes", len(enrolled.RecoveryCodes), 10)
		equal(t, "listed", authenticators(t, sdk, userID), []client.UserAuthenticator{*authenticator})
	}
}

func TestGivenAMethodOrContactThatCantBe_whenItIsEnrolled_thenItIsRefused(t *testing.T) {
	sdk, _ := serverClient(t, apiSecret)
	userID := newUser()

	for _, wrong := range [][3]string{
		{"PIGEON", "ada@shop.example", ""}, {"SMS", "ada@shop.example", ""}, {"EMAIL_OTP", "", ""}, {"", "ada@shop.example", ""},
	} {
		_, err := vouch(sdk, userID, wrong[0], wrong[1], wrong[2])
		refused(t, err, 400, "invalid_request")
	}
	_, err := sdk.EnrollVerifiedAuthenticator(client.EnrollVerifiedAuthenticatorRequest{UserId: userID})
	refused(t, err, 400, "invalid_request")

	equal(t, "listed", authenticators(t, sdk, userID), []client.UserAuthenticator{})
}

func TestGivenANewUser_whenTheyAreUpdatedAndDeleted_thenTheyAreThatAndThenNothing(t *testing.T) {
	sdk, noting := serverClient(t, apiSecret)
	userID := newUser()
	given := client.UserAttributes{
		Custom:   map[string]any{"plan": "gold", "seats": 3.0, "trial": false},
		Username: "ada", DisplayName: "Ada é 🚀", Email: "ada@shop.example", PhoneNumber: "9876543210",
	}

	updated := answered[client.UserAttributes](t)(
		sdk.UpdateUser(client.UpdateUserRequest{UserId: userID, Attributes: &given}))

	equal(t, "method", noting.last().Method, "PATCH")
	equal(t, "updated", updated, given)
	changed := answered[client.UserAttributes](t)(sdk.UpdateUser(
		client.UpdateUserRequest{UserId: userID, Attributes: &client.UserAttributes{DisplayName: "Countess"}}))
	equal(t, "changed", []string{changed.DisplayName, changed.Email}, []string{"Countess", "ada@shop.example"})
	known := user(t, sdk, userID)
	equal(t, "known", []any{known.DisplayName, known.Username, known.Custom}, []any{"Countess", "ada", given.Custom})

	for range 2 {
		if err := sdk.DeleteUser(client.DeleteUserRequest{UserId: userID}); err != nil {
			t.Fatal(err)
		}
	}
	gone := user(t, sdk, userID)
	equal(t, "gone", []any{*gone.IsEnrolled, gone.Email, gone.Custom}, []any{false, "", map[string]any{}})
}

func TestGivenNoAttributesOrWrongOnes_whenAUserIsUpdated_thenItIsRefusedAndNothingChanges(t *testing.T) {
	sdk, _ := serverClient(t, apiSecret)
	userID := newUser()

	for _, wrong := range []*client.UserAttributes{nil, {DisplayName: "Ada", Custom: "gold"}} {
		_, err := sdk.UpdateUser(client.UpdateUserRequest{UserId: userID, Attributes: wrong})
		refused(t, err, 400, "invalid_request")
	}

	equal(t, "display name", user(t, sdk, userID).DisplayName, "")
}
