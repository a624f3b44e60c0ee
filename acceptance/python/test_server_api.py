"""The rest of the server API: what a backend changes of its users, their authenticators and their actions."""

import os
import unittest
from unittest import mock

from authsignal import client_tests
from installation import API_SECRET, API_URL, SdkTest, client_call, enrol, new_user


class Users(SdkTest):
    def test_given_a_new_user_when_they_are_updated_then_the_answer_and_the_next_question_have_the_change(self):
        user_id = new_user()
        attributes = {
            "email": "ada@shop.example",
            "emailVerified": True,
            "phoneNumber": "9876543210",
            "phoneNumberVerified": True,
            "username": "ada",
            "displayName": "Ada \u00e9 \U0001f680",
            "custom": {"plan": "gold", "seats": 3, "trial": False},
        }

        updated = self.client.update_user(user_id, attributes)

        self.assertEqual((self.sent.method, self.sent.path_url), ("PATCH", f"/v1/users/{user_id}"))
        for user in (updated, self.client.get_user(user_id)):
            self.assertEqual((user["email"], user["email_verified"]), ("ada@shop.example", True))
            self.assertEqual((user["phone_number"], user["phone_number_verified"]), ("9876543210", True))
            self.assertEqual((user["username"], user["display_name"]), ("ada", "Ada \u00e9 \U0001f680"))
            self.assertEqual(user["custom"], {"plan": "gold", "seats": 3, "trial": False})
            self.assertIs(user["is_enrolled"], False)

    def test_given_a_known_user_when_one_attribute_is_updated_then_the_others_stay(self):
        user_id = new_user()
        self.client.update_user(user_id, {"email": "ada@shop.example", "displayName": "Ada"})

        updated = self.client.update_user(user_id, {"displayName": "Countess"})

        self.assertEqual((updated["email"], updated["display_name"]), ("ada@shop.example", "Countess"))

    def test_given_the_java_sdks_way_when_a_user_is_updated_by_post_then_it_is_the_same_update(self):
        user_id = new_user()

        self.client.session.post(f"{API_URL}/users/{user_id}", json={"displayName": "Ada"})

        self.assertEqual(self.client.get_user(user_id)["display_name"], "Ada")

    def test_given_an_odd_but_legal_user_id_when_the_user_is_updated_and_deleted_then_it_is_that_user(self):
        for user_id in ("ada lovelace", "100%", "a%2Fb", "a?b#c", "auth0|1", "\U0001f469\u200d\U0001f680"):
            with self.subTest(user_id=user_id):
                self.client.update_user(user_id, {"displayName": user_id})
                self.assertEqual(self.client.get_user(user_id)["display_name"], user_id)
                self.client.delete_user(user_id)
                self.assertNotIn("display_name", self.client.get_user(user_id))

    def test_given_an_enrolled_user_when_they_are_deleted_then_nothing_of_them_is_left(self):
        user_id = new_user()
        enrol(self.client.track(user_id, "enroll", {"email": "ada@shop.example"})["token"])

        self.assertIsNone(self.client.delete_user(user_id))

        user = self.client.get_user(user_id)
        self.assertIs(user["is_enrolled"], False)
        self.assertNotIn("email", user)
        self.assertEqual(self.client.get_authenticators(user_id), [])

    def test_given_an_attribute_of_the_wrong_kind_when_a_user_is_updated_then_it_is_refused_and_nothing_changes(self):
        user_id = new_user()
        self.client.update_user(user_id, {"displayName": "Ada"})

        for wrong in ({"displayName": 7}, {"emailVerified": "yes"}, {"custom": "gold"}):
            self.assert_refused(400, "invalid_request", self.client.update_user, user_id, {"username": "x", **wrong})

        user = self.client.get_user(user_id)
        self.assertEqual((user["display_name"], user.get("username")), ("Ada", None))


class Authenticators(SdkTest):
    CONTACTS = (
        ("SMS", "phoneNumber", "phone_number", "+6421000000"),
        ("EMAIL_OTP", "email", "email", "ada@shop.example"),
        ("EMAIL_MAGIC_LINK", "email", "email", "ada@shop.example"),
    )

    def test_given_a_contact_that_the_backend_vouches_for_when_it_is_enrolled_then_it_is_an_authenticator(self):
        for method, sent_as, read_as, contact in self.CONTACTS:
            with self.subTest(method=method):
                user_id = new_user()

                enrolled = self.client.enroll_verified_authenticator(
                    user_id, {"verificationMethod": method, sent_as: contact}
                )

                authenticator = enrolled["authenticator"]
                self.assertEqual(authenticator["user_id"], user_id)
                self.assertEqual((authenticator["verification_method"], authenticator[read_as]), (method, contact))
                self.assertTrue(authenticator["verified_at"])
                self.assertEqual(len(enrolled["recovery_codes"]), 10)
                self.assertEqual(self.client.get_authenticators(user_id), [authenticator])
                user = self.client.get_user(user_id)
                self.assertEqual((user["is_enrolled"], user["enrolled_verification_methods"]), (True, [method]))

    def test_given_a_method_or_contact_that_cant_be_when_it_is_enrolled_then_it_is_refused(self):
        user_id = new_user()

        for wrong in (
            {"verificationMethod": "AUTHENTICATOR_APP"},
            {"verificationMethod": "PIGEON", "email": "ada@shop.example"},
            {"verificationMethod": "SMS", "email": "ada@shop.example"},
            {"email": "ada@shop.example"},
        ):
            self.assert_refused(400, "invalid_request", self.client.enroll_verified_authenticator, user_id, wrong)

        self.assertEqual(self.client.get_authenticators(user_id), [])

    def test_given_an_enrolled_app_when_it_is_deleted_then_the_user_is_not_enrolled_and_its_code_opens_nothing(self):
        user_id = new_user()
        enrolment, app, _ = enrol(self.client.track(user_id, "enroll")["token"])
        token = self.client.track(user_id, "signIn")["token"]

        self.assertIsNone(self.client.delete_authenticator(user_id, enrolment["userAuthenticatorId"]))

        self.assertEqual(self.client.get_authenticators(user_id), [])
        self.assertIs(self.client.get_user(user_id)["is_enrolled"], False)
        self.assertIs(client_call(token, "/verify/totp", {"verificationCode": app.code()})["isVerified"], False)
        self.assertIs(self.client.validate_challenge({"token": token})["is_valid"], False)

    def test_given_an_authenticator_that_is_not_the_users_when_it_is_deleted_then_it_is_a_404_and_stays(self):
        user_id = new_user()
        enrolment, _, _ = enrol(self.client.track(user_id, "enroll")["token"])
        theirs = enrolment["userAuthenticatorId"]

        for whose, which in ((user_id, "never"), (new_user(), theirs)):
            self.assert_refused(404, "invalid_request", self.client.delete_authenticator, whose, which)

        self.assertEqual(len(self.client.get_authenticators(user_id)), 1)


class Actions(SdkTest):
    def test_given_a_challenge_when_the_backend_sets_its_state_then_it_is_that(self):
        user_id = new_user()
        tracked = self.client.track(user_id, "signIn")
        action = (user_id, "signIn", tracked["idempotency_key"])

        for state, is_valid in (("REVIEW_REQUIRED", False), ("BLOCK", False), ("ALLOW", True)):
            self.assertEqual(self.client.update_action(*action, {"state": state})["state"], state)
            self.assertEqual(self.sent.method, "PATCH")
            self.assertEqual(self.client.get_action(*action)["state"], state)
            validated = self.client.validate_challenge({"token": tracked["token"]})
            self.assertEqual((validated["state"], validated["is_valid"]), (state, is_valid))

    def test_given_an_action_that_never_was_or_a_state_that_is_none_when_it_is_set_then_it_is_refused(self):
        user_id = new_user()
        action = (user_id, "signIn", self.client.track(user_id, "signIn")["idempotency_key"])

        self.assert_refused(404, "invalid_request", self.client.update_action, user_id, "signIn", "never", {"state": "BLOCK"})
        for wrong in ({"state": "MAYBE"}, {"state": "UNKNOWN"}, {"status": "BLOCK"}):
            self.assert_refused(400, "invalid_request", self.client.update_action, *action, wrong)

        self.assertEqual(self.client.get_action(*action)["state"], "CHALLENGE_REQUIRED")


class TheSdksOwnTests(SdkTest):
    """The tests that the package brings with it; they take a tenant in which the user user123 is enrolled."""

    def test_given_the_user_that_they_take_for_enrolled_when_the_sdks_own_tests_run_then_all_pass(self):
        enrol(self.client.track("user123", "enroll")["token"])
        result = unittest.TestResult()

        with mock.patch.dict(os.environ, AUTHSIGNAL_API_URL=API_URL, AUTHSIGNAL_API_SECRET=API_SECRET):
            unittest.defaultTestLoader.loadTestsFromModule(client_tests).run(result)

        self.assertEqual(result.errors + result.failures, [])
        self.assertEqual((result.testsRun, result.skipped), (9, []))
