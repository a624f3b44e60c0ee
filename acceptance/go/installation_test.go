// Package acceptance drives a running Sluice through the official Go clients. Where it is and with which secrets, the
// environment says: API_URL, API_SECRET, MANAGEMENT_SECRET, TENANT_ID.
package acceptance

import (
	"bytes"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha1"
	"encoding/base32"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"reflect"
	"testing"
	"time"

	management "github.com/authsignal/authsignal-management-go/v6"
	"github.com/authsignal/authsignalgo/v2/client"
)

const (
	stepSeconds = 30
	edgeSeconds = 4
	patience    = 20 * time.Second
)

var (
	apiURL           = setting("API_URL")
	apiSecret        = setting("API_SECRET")
	managementSecret = setting("MANAGEMENT_SECRET")
	tenantID         = setting("TENANT_ID")
)

func setting(name string) string {
	value := os.Getenv(name)
	if value == "" {
		panic(name + " is not set: see acceptance/sdk/README.md")
	}
	return value
}

// unique is a name that nothing had before.
func unique(kind string) string {
	random := make([]byte, 8)
	if _, err := rand.Read(random); err != nil {
		panic(err)
	}
	return kind + "-" + hex.EncodeToString(random)
}

func newUser() string { return unique("user") }

// wire sends what a client sends and notes it. No answer to it may be a fault of the server.
type wire struct {
	t    *testing.T
	sent []*http.Request
	// loseAnswers lets requests through and cuts the connection before their answers come.
	loseAnswers bool
}

func (w *wire) RoundTrip(request *http.Request) (*http.Response, error) {
	w.sent = append(w.sent, request)
	answer, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		return nil, err
	}
	if answer.StatusCode >= 500 {
		w.t.Errorf("%s %s -> %s", request.Method, request.URL, answer.Status)
	}
	if w.loseAnswers {
		answer.Body.Close()
		return nil, errors.New("cut")
	}
	return answer, nil
}

func (w *wire) last() *http.Request { return w.sent[len(w.sent)-1] }

// serverClient is the official server SDK, as it comes but for the wire.
func serverClient(t *testing.T, secret string) (client.Client, *wire) {
	sdk, noting := client.NewAuthsignalClient(secret, apiURL), &wire{t: t}
	sdk.Client.Transport = noting
	return sdk, noting
}

// managementClient is the official management client, as it comes but for the wire.
func managementClient(t *testing.T, secret string) (management.Client, *wire) {
	sdk, noting := management.NewClient(apiURL+"/management", tenantID, secret), &wire{t: t}
	sdk.HttpClient.Transport = noting
	return sdk, noting
}

func equal[T any](t *testing.T, what string, got, want T) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s: got %#v, want %#v", what, got, want)
	}
}

// answered gives a call's value; the call must not fail.
func answered[T any](t *testing.T) func(T, error) T {
	return func(value T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}

// refused checks how the server SDK tells of a refusal; gives the description.
func refused(t *testing.T, err error, status int, code string) string {
	t.Helper()
	var told *client.AuthsignalAPIError
	if !errors.As(err, &told) {
		t.Fatalf("got %v, want a refusal with %d %s", err, status, code)
	}
	if told.StatusCode != status || told.ErrorCode != code || told.ErrorDescription == "" {
		t.Errorf("got %+v, want %d %s", *told, status, code)
	}
	return told.ErrorDescription
}

// clientCall is a call of the user's client, which is not this SDK's part: bare HTTP with the token.
func clientCall[T any](t *testing.T, token, path, body string) T {
	t.Helper()
	request, err := http.NewRequest("POST", apiURL+"/client"+path, bytes.NewBufferString(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+token)
	request.Header.Set("Content-Type", "application/json")
	answer, err := (&http.Client{Timeout: patience}).Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	content, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("POST %s -> %s %s %v", path, answer.Status, content, err)
	}
	var value T
	unmarshal(t, content, &value)
	return value
}

func unmarshal(t *testing.T, content []byte, value any) {
	t.Helper()
	if err := json.Unmarshal(content, value); err != nil {
		t.Fatal(err)
	}
}

// authenticatorApp is an authenticator app that was set up with a secret.
type authenticatorApp struct{ key []byte }

// code is what the app shows some time steps from now. Sluice accepts one step to each side, and each step once.
func (app authenticatorApp) code(steps int64) string {
	step := make([]byte, 8)
	binary.BigEndian.PutUint64(step, uint64(time.Now().Unix()/stepSeconds+steps))
	mac := hmac.New(sha1.New, app.key)
	mac.Write(step)
	digest := mac.Sum(nil)
	offset := digest[len(digest)-1] & 0x0f
	number := binary.BigEndian.Uint32(digest[offset:offset+4]) & 0x7fffffff
	return fmt.Sprintf("%06d", number%1_000_000)
}

// previousCode is what it showed a step ago, while that is still accepted: to enrol with it leaves the current one good.
func (app authenticatorApp) previousCode() string {
	if left := stepSeconds - time.Now().Unix()%stepSeconds; left < edgeSeconds {
		time.Sleep(time.Duration(left) * time.Second)
	}
	return app.code(-1)
}

func (app authenticatorApp) wrongCode() string {
	right := map[string]bool{}
	for steps := int64(-3); steps <= 3; steps++ {
		right[app.code(steps)] = true
	}
	wrong := 0
	for right[fmt.Sprintf("%06d", wrong)] {
		wrong++
	}
	return fmt.Sprintf("%06d", wrong)
}

type verification struct {
	IsVerified    bool   `json:"isVerified"`
	AccessToken   string `json:"accessToken"`
	FailureReason string `json:"failureReason"`
}

func verify(t *testing.T, token, code string) verification {
	t.Helper()
	return clientCall[verification](t, token, "/verify/totp", fmt.Sprintf(`{"verificationCode":%q}`, code))
}

type enrolment struct {
	UserAuthenticatorID string `json:"userAuthenticatorId"`
	UserID              string `json:"userId"`
	Secret              string `json:"secret"`
}

// enrol sets up an authenticator app and answers with its code; gives enrolment, app and new token.
func enrol(t *testing.T, token string) (enrolment, authenticatorApp, string) {
	t.Helper()
	enrolled := clientCall[enrolment](t, token, "/user-authenticators/totp", "{}")
	key := answered[[]byte](t)(base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(enrolled.Secret))
	app := authenticatorApp{key}
	verified := verify(t, token, app.previousCode())
	if !verified.IsVerified {
		t.Fatalf("%+v", verified)
	}
	return enrolled, app, verified.AccessToken
}
