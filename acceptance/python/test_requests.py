"""How this SDK sends what it sends, and that Sluice answers it so that the SDK can read it."""

import base64
import decimal
import json

from authsignal.client import ApiException
from installation import API_SECRET, API_URL, TENANT_ID, SdkTest, new_user
from requests.adapters import HTTPAdapter
from requests.exceptions import ConnectionError

UNAUTHORIZED = "The request is unauthorized. Check that your API key and region base URL are correctly configured."


class Wire(HTTPAdapter):
    """Takes what the SDK would send, and sends nothing."""

    @classmethod
    def of(cls, client):
        wire = cls()
        client.session.mount("http://", wire)
        client.session.mount("https://", wire)
        return wire

    def send(self, request, timeout=None, **_):
        self.request, self.timeout = request, timeout
        raise ConnectionError("cut", request=request)


class Credentials(SdkTest):
    def test_given_the_secret_when_a_call_is_made_then_it_goes_as_basic_with_a_colon_and_an_empty_password(self):
        self.client.get_user(new_user())

        self.assertEqual(self.sent.headers["Authorization"], f"Basic {base64.b64encode(f'{API_SECRET}:'.encode()).decode()}")
        self.assertEqual(self.sent.headers["X-Authsignal-Version"], "4.1.0")
        self.assertEqual(self.sent.headers["User-Agent"], "authsignal-python-sdk/4.1.0")

    def test_given_a_wrong_secret_when_a_call_is_made_then_the_sdk_raises_the_very_words_that_all_sdks_know(self):
        for secret in ("wrong", f"{API_SECRET}x", TENANT_ID):
            stranger = self.client_with(secret)
            for call in (
                lambda: stranger.get_user(new_user()),
                lambda: stranger.track(new_user(), "signIn"),
                lambda: stranger.validate_challenge({"token": "x"}),
            ):
                self.assertEqual(self.assert_refused(401, "unauthorized", call), UNAUTHORIZED)


class Answers(SdkTest):
    def test_given_any_call_when_it_is_answered_then_the_type_is_the_only_one_that_the_sdk_reads(self):
        """The SDK compares the whole header: with a charset behind the type it would find no answer at all."""
        user_id = new_user()
        tracked = self.client.track(user_id, "signIn")
        self.client.get_user(user_id)
        self.client.get_authenticators(user_id)
        self.client.get_action(user_id, "signIn", tracked["idempotency_key"])
        self.client.validate_challenge({"token": tracked["token"]})

        self.assertEqual({answer.headers["Content-Type"] for answer in self.exchanges}, {"application/json"})

    def test_given_several_calls_of_one_client_when_they_are_refused_or_answered_then_all_go_over_one_connection(self):
        user_id = new_user()
        self.client.track(user_id, "signIn")
        self.assert_refused(404, "invalid_request", self.client.get_action, user_id, "signIn", "never")
        self.assert_refused(400, "invalid_request", self.client.track, user_id, "no.code")
        self.client.get_user(user_id)

        pools = self.client.session.get_adapter(API_URL).poolmanager.pools
        [pool] = [pools[key] for key in pools.keys()]
        self.assertEqual((pool.num_requests, pool.num_connections), (4, 1))


class Bodies(SdkTest):
    def test_given_no_attributes_when_an_action_is_tracked_then_an_empty_object_is_sent(self):
        self.client.track(new_user(), "signIn")

        self.assertEqual((self.sent.body, self.sent.headers["Content-Type"]), ("{}", "application/json"))

    def test_given_attributes_in_snake_case_when_an_action_is_tracked_then_they_are_sent_so_and_do_nothing(self):
        """The SDK turns answers into snake case, but not what it is given; its own tests pass redirect_url."""
        user_id = new_user()

        tracked = self.client.track(user_id, "signIn", {"idempotency_key": "mine", "phone_number": "1", "email": "a@b.example"})

        self.assertIn("phone_number", json.loads(self.sent.body))
        self.assertNotEqual(tracked["idempotency_key"], "mine")
        user = self.client.get_user(user_id)
        self.assertEqual((user.get("phone_number"), user["email"]), (None, "a@b.example"))

    def test_given_text_of_any_script_when_it_is_an_attribute_then_it_comes_back_as_it_was(self):
        user_id = new_user()
        username = "Ада \U0001f9d1\u200d\U0001f680 \"'\\ \u202e e\u0301"

        self.client.track(user_id, "signIn", {"username": username})

        self.assertEqual(self.client.get_user(user_id)["username"], username)

    def test_given_an_attribute_that_is_none_when_an_action_is_tracked_then_less_is_sent_than_is_announced(self):
        """
        The SDK takes such attributes out after it has said how long the body is. No server can answer before it gives
        up waiting for the rest, so callers have to leave them out themselves.
        """
        wire = Wire.of(self.client)

        self.assertRaises(ApiException, self.client.track, new_user(), "signIn", {"email": None})

        self.assertEqual((wire.request.headers["Content-Length"], wire.request.body), (str(len('{"email": null}')), "{}"))

    def test_given_the_time_out_of_the_sdk_when_a_call_is_made_then_it_waits_without_end(self):
        """The time-out, by its documentation 2 s, gets lost on the way: how long a caller waits is up to Sluice."""
        wire = Wire.of(self.client)

        self.assertRaises(ApiException, self.client.get_user, new_user())

        self.assertEqual((self.client.session.timeout, wire.timeout), (2.0, None))

    def test_given_a_decimal_when_it_is_custom_data_then_it_comes_as_a_list_of_one_text_and_is_taken(self):
        custom = {"amount": decimal.Decimal("19.90")}

        self.client.track(new_user(), "pay", {"custom": custom})

        self.assertEqual(json.loads(self.sent.body)["custom"], {"amount": ["19.90"]})


class Paths(SdkTest):
    ODD = (
        "ada lovelace",
        " a  b ",
        "100%",
        "a%2Fb",
        "a%20b",
        "a+b",
        "a?b#c",
        "a;jsessionid=1",
        "..\\..\\x",
        "auth0|5f7c8ec7c33c6c004bbafe82",
        "urn:user:1",
        "ada@example.com",
        "\"'<script>",
        "\u00e9cole",
        "e\u0301cole",
        "\U0001f469\u200d\U0001f680",
        "\u202e\u0645\u0633\u062a\u062e\u062f\u0645",
        "a\nb\tc",
        "~a.b-c_d",
        "x" * 256,
    )

    def test_given_an_odd_but_legal_user_id_when_it_goes_through_the_calls_then_it_is_the_same_user_in_all(self):
        for user_id in self.ODD:
            with self.subTest(user_id=user_id):
                tracked = self.client.track(user_id, "signIn", {"username": f"of {user_id[:20]}"})
                self.assertEqual(self.client.validate_challenge({"token": tracked["token"]})["user_id"], user_id)
                self.assertEqual(self.client.get_user(user_id)["username"], f"of {user_id[:20]}")
                self.assertEqual(self.client.get_authenticators(user_id), [])
                action = self.client.get_action(user_id, "signIn", tracked["idempotency_key"])
                self.assertEqual(action["state"], "CHALLENGE_REQUIRED")

    def test_given_an_odd_idempotency_key_when_the_action_is_asked_for_then_it_is_found(self):
        user_id = new_user()
        for key in ("order #7?", "100%", "a%2Fb", "\u00e9 \U0001f600", "a+b&c=d"):
            with self.subTest(key=key):
                self.client.track(user_id, "pay", {"idempotencyKey": key})
                self.assertEqual(self.client.get_action(user_id, "pay", key)["state"], "CHALLENGE_REQUIRED")

    def test_given_a_user_id_with_a_slash_when_it_is_tracked_then_it_is_sent_raw_and_there_is_no_such_path(self):
        """The SDK encodes all of a path part but its slashes: what arrives is another path, and no server can tell."""
        for user_id in ("a/b", "/", "a/"):
            with self.subTest(user_id=user_id):
                self.assert_refused(404, "invalid_request", self.client.track, user_id, "signIn")
                self.assertEqual(self.sent.path_url, f"/v1/users/{user_id}/actions/signIn")

    def test_given_a_user_id_of_dots_when_it_is_tracked_then_the_sdk_asks_for_another_path(self):
        for user_id in (".", ".."):
            with self.subTest(user_id=user_id):
                self.assert_refused(404, "invalid_request", self.client.track, user_id, "signIn")
                self.assertNotIn(f"/{user_id}/", self.sent.path_url)
