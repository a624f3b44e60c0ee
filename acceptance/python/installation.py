"""The running Sluice that the tests drive, its SDK client, its users and the authenticator apps on their phones."""

import base64
import hashlib
import hmac
import json
import os
import time
import unittest
import urllib.request
import uuid

from authsignal.client import ApiException, AuthsignalClient

API_URL = os.environ["API_URL"]
API_SECRET = os.environ["API_SECRET"]
TENANT_ID = os.environ["TENANT_ID"]

STEP_SECONDS = 30
EDGE_SECONDS = 4
PATIENCE_SECONDS = 20


def new_user():
    return f"user-{uuid.uuid4()}"


class SdkTest(unittest.TestCase):
    """A test with an SDK client that notes what it sent. No answer to it may be a fault of the server."""

    def setUp(self):
        self.exchanges = []
        self.client = self.client_with(API_SECRET)

    def client_with(self, api_secret):
        client = AuthsignalClient(api_secret_key=api_secret, api_url=API_URL)
        client.session.hooks["response"].append(lambda response, **_: self.exchanges.append(response))
        return client

    def tearDown(self):
        for answer in self.exchanges:
            self.assertLess(answer.status_code, 500, f"{answer.request.method} {answer.url} -> {answer.text}")

    @property
    def sent(self):
        """The request that was sent last."""
        return self.exchanges[-1].request

    def assert_refused(self, status, code, call, *arguments):
        """Checks how the SDK tells of a refusal; gives the description."""
        with self.assertRaises(ApiException) as refusal:
            call(*arguments)
        told = refusal.exception
        self.assertEqual((told.status_code, told.error_code), (status, code), str(told))
        self.assertTrue(told.error_description)
        self.assertEqual(str(told), f"AuthsignalException: {status} - {told.error_description}")
        return told.error_description


class AuthenticatorApp:
    """An authenticator app that was set up with a base32 secret."""

    def __init__(self, secret):
        self.key = base64.b32decode(secret + "=" * (-len(secret) % 8))

    def code(self, steps=0):
        """What it shows, some time steps from now. Sluice accepts one step to each side, and each step once."""
        step = int(time.time() // STEP_SECONDS) + steps
        digest = hmac.new(self.key, step.to_bytes(8, "big"), hashlib.sha1).digest()
        offset = digest[-1] & 0x0F
        number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFFFFFF
        return f"{number % 1_000_000:06}"

    def previous_code(self):
        """What it showed a step ago, while that is still accepted: to enrol with it leaves the current one good."""
        left = STEP_SECONDS - time.time() % STEP_SECONDS
        if left < EDGE_SECONDS:
            time.sleep(left + 0.1)
        return self.code(-1)

    def wrong_code(self):
        right = [self.code(steps) for steps in range(-3, 4)]
        return next(code for code in (f"{digit * 111_111:06}" for digit in range(10)) if code not in right)


def client_call(token, path, body=None):
    """A call of the user's client, which is not this SDK's part: bare HTTP with the token. Gives the answer's value."""
    request = urllib.request.Request(
        f"{API_URL}/client{path}",
        method="POST",
        data=b"" if body is None else json.dumps(body).encode(),
        headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as response:
        return json.load(response)


def enrol(token):
    """The user's client sets up an authenticator app and answers with its code; gives enrolment, app and new token."""
    enrolment = client_call(token, "/user-authenticators/totp")
    app = AuthenticatorApp(enrolment["secret"])
    verified = client_call(token, "/verify/totp", {"verificationCode": app.previous_code()})
    if verified["isVerified"] is not True:
        raise AssertionError(verified)
    return enrolment, app, verified["accessToken"]
