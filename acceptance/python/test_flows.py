"""The guide's flows: a backend that calls Sluice through the SDK, a user's client over bare HTTP."""

from installation import SdkTest, client_call, enrol, new_user


class Tracking(SdkTest):
    def test_given_a_new_user_when_an_action_is_tracked_then_a_challenge_is_required(self):
        tracked = self.client.track(new_user(), "signIn")

        self.assertEqual(tracked["state"], "CHALLENGE_REQUIRED")
        self.assertIs(tracked["is_enrolled"], False)
        self.assertEqual(tracked["enrolled_verification_methods"], [])
        self.assertIn("AUTHENTICATOR_APP", tracked["allowed_verification_methods"])
        self.assertTrue(tracked["idempotency_key"])
        self.assertEqual(tracked["token"].count("."), 2)
        self.assertIn("?", tracked["url"], "client SDKs append &mode=popup to it")

    def test_given_every_attribute_when_an_action_is_tracked_then_the_profile_has_what_belongs_there(self):
        user_id = new_user()

        self.client.track(
            user_id,
            "signIn",
            {
                "idempotencyKey": "given",
                "redirectUrl": "http://localhost:3000",
                "redirectToSettings": True,
                "ipAddress": "127.0.0.1",
                "userAgent": "Python",
                "deviceId": "device123",
                "scope": "add:authenticators",
                "email": "ada@shop.example",
                "phoneNumber": "1234567890",
                "username": "ada",
                "locale": "en",
                "custom": {"text": "a", "number": 1.5, "truth": False},
            },
        )

        user = self.client.get_user(user_id)
        self.assertEqual((user["email"], user["phone_number"], user["username"]), ("ada@shop.example", "1234567890", "ada"))
        self.assertEqual(self.client.get_action(user_id, "signIn", "given")["state"], "CHALLENGE_REQUIRED")

    def test_given_an_idempotency_key_when_it_comes_again_then_it_is_the_same_action_with_a_token_that_works(self):
        user_id, key = new_user(), {"idempotencyKey": "order-7"}

        first = self.client.track(user_id, "pay", key)
        again = self.client.track(user_id, "pay", key)

        fresh = ("token", "url")
        self.assertEqual(
            {name: value for name, value in again.items() if name not in fresh},
            {name: value for name, value in first.items() if name not in fresh},
        )
        self.assertEqual(again["idempotency_key"], "order-7")
        for tracked in (first, again):
            self.assertEqual(self.client.validate_challenge({"token": tracked["token"]})["idempotency_key"], "order-7")


class Looking(SdkTest):
    def test_given_an_unknown_user_when_they_are_asked_for_then_they_are_not_enrolled_and_have_nothing(self):
        user_id = new_user()

        user = self.client.get_user(user_id)

        self.assertIs(user["is_enrolled"], False)
        self.assertIs(user["email_verified"], False)
        self.assertIs(user["phone_number_verified"], False)
        self.assertEqual(user["enrolled_verification_methods"], [])
        self.assertNotIn("email", user)
        self.assertNotIn(None, user.values(), "unset fields are left out, not null")
        self.assertEqual(self.client.get_authenticators(user_id), [])

    def test_given_a_tracked_action_when_it_is_asked_for_then_its_state_and_the_reason_for_it_are_told(self):
        user_id = new_user()
        tracked = self.client.track(user_id, "signIn")

        action = self.client.get_action(user_id, "signIn", tracked["idempotency_key"])

        self.assertEqual(action["state"], "CHALLENGE_REQUIRED")
        self.assertEqual(action["output"]["outcome"], "CHALLENGE")
        self.assertEqual(action["rules"], [])
        for time in (action["created_at"], action["state_updated_at"]):
            self.assertRegex(time, r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")
        self.assertNotIn("verification_method", action)

    def test_given_an_action_that_never_was_when_it_is_asked_for_then_the_sdk_raises_a_404(self):
        user_id = new_user()
        self.client.track(user_id, "signIn", {"idempotencyKey": "this"})

        for unknown in ((user_id, "signIn", "that"), (user_id, "pay", "this"), (new_user(), "signIn", "this")):
            self.assert_refused(404, "invalid_request", self.client.get_action, *unknown)


class Challenges(SdkTest):
    def test_given_a_fresh_token_when_it_is_validated_then_it_is_not_valid_yet(self):
        user_id = new_user()
        tracked = self.client.track(user_id, "signIn")

        validated = self.client.validate_challenge({"token": tracked["token"]})

        self.assertIs(validated["is_valid"], False)
        self.assertEqual(validated["state"], "CHALLENGE_REQUIRED")
        self.assertEqual((validated["user_id"], validated["action"]), (user_id, "signIn"))
        self.assertEqual(validated["idempotency_key"], tracked["idempotency_key"])
        self.assertNotIn("error", validated)
        self.assertNotIn("verification_method", validated)

    def test_given_a_forged_token_or_another_binding_when_it_is_validated_then_nothing_of_the_action_is_told(self):
        user_id = new_user()
        token = self.client.track(user_id, "signIn")["token"]
        head, claims, _ = token.split(".")

        for attributes in (
            {"token": "not-a-token"},
            {"token": f"{head}.{claims}.{'A' * 43}"},
            {"token": token, "userId": new_user()},
            {"token": token, "action": "pay"},
        ):
            validated = self.client.validate_challenge(attributes)
            self.assertIs(validated["is_valid"], False)
            self.assertTrue(validated["error"])
            self.assertNotIn("state", validated)
            self.assertNotIn("user_id", validated)

    def test_given_a_new_user_when_their_client_enrols_an_app_then_the_action_validates(self):
        user_id = new_user()
        token = self.client.track(user_id, "enroll")["token"]

        enrolment, _, verified_token = enrol(token)

        self.assertEqual(enrolment["userId"], user_id)
        user = self.client.get_user(user_id)
        self.assertIs(user["is_enrolled"], True)
        self.assertEqual(user["enrolled_verification_methods"], ["AUTHENTICATOR_APP"])
        [authenticator] = self.client.get_authenticators(user_id)
        self.assertEqual(authenticator["user_authenticator_id"], enrolment["userAuthenticatorId"])
        self.assertEqual(authenticator["user_id"], user_id)
        self.assertEqual(authenticator["verification_method"], "AUTHENTICATOR_APP")
        self.assertTrue(authenticator["created_at"] <= authenticator["verified_at"])
        self.assertNotIn(enrolment["secret"], str(authenticator))
        validated = self.client.validate_challenge({"token": verified_token, "action": "enroll", "userId": user_id})
        self.assertEqual((validated["is_valid"], validated["state"]), (True, "CHALLENGE_SUCCEEDED"))

    def test_given_an_enrolled_user_when_a_wrong_and_the_right_code_come_then_only_the_right_one_validates(self):
        user_id = new_user()
        _, app, _ = enrol(self.client.track(user_id, "enroll")["token"])
        tracked = self.client.track(user_id, "signIn")
        self.assertEqual((tracked["state"], tracked["is_enrolled"]), ("CHALLENGE_REQUIRED", True))

        refused = client_call(tracked["token"], "/verify/totp", {"verificationCode": app.wrong_code()})
        before = self.client.validate_challenge({"token": tracked["token"]})
        verified = client_call(tracked["token"], "/verify/totp", {"verificationCode": app.code()})
        after = self.client.validate_challenge({"token": verified["accessToken"], "userId": user_id})

        self.assertEqual(refused, {"isVerified": False, "failureReason": "CODE_INVALID_OR_EXPIRED"})
        self.assertEqual((before["is_valid"], before["state"]), (False, "CHALLENGE_REQUIRED"))
        self.assertEqual((after["is_valid"], after["state"]), (True, "CHALLENGE_SUCCEEDED"))
        self.assertEqual(after["verification_method"], "AUTHENTICATOR_APP")
        action = self.client.get_action(user_id, "signIn", tracked["idempotency_key"])
        self.assertEqual(action["verification_method"], "AUTHENTICATOR_APP")
