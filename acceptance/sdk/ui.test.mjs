// The pre-built UI at the url of a track response, as the official browser SDK launches it in a real browser.
import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { Api } from "./api.mjs";
import { refusal, serverFaults, success } from "./http.mjs";
import { assertLooksWell, looks, shot, violations } from "./looks.mjs";
import { AuthenticatorApp, challenge, enrolledUser, newUser } from "./people.mjs";
import { assertNothingSecretWasWritten } from "./secrecy.mjs";
import { Shop } from "./shop.mjs";
import { Installation } from "./sluice.mjs";

const installation = await new Installation().choosePorts();
const shop = await new Shop().open();
after(async () => {
  await shop.close();
  await installation.end();
});
await installation.up();
const api = new Api(installation);
const visitors = [];
const secrets = [];

const visitor = async (options) => {
  const made = await shop.visitor(options);
  visitors.push(made);
  return made;
};

const enrolled = async () => {
  const user = await enrolledUser(api);
  secrets.push(user.secret);
  return user;
};

/** Reads the key that the page shows for typing, as somebody would who can't scan. */
const typedKey = async (page) => {
  await page.getByText("Can’t scan it?").click();
  await page.locator("#secret", { hasText: /[A-Z2-7]{4}/ }).waitFor();
  const secret = (await page.locator("#secret").textContent()).replaceAll(" ", "");
  secrets.push(secret);
  return new AuthenticatorApp(secret);
};

const enter = async (page, code) => {
  await page.getByRole("textbox").fill(code);
  await page.getByRole("button", { name: /^(Finish|Continue)$/ }).click();
};

/** Reads the recovery codes that the page shows once, and says that they are kept. */
const savedCodes = async (page) => {
  await page.locator("#recovery-codes:not([aria-busy])").waitFor();
  const codes = (await page.locator("#recovery-codes").textContent()).split("\n");
  assert.equal(codes.length, 10);
  secrets.push(...codes);
  await page.getByRole("button", { name: "I have saved them" }).click();
  return codes;
};

const heading = (page, name) => page.getByRole("heading", { level: 1, name });
const validated = async (token) => success(await api.validate({ token }));

describe("popup", () => {
  test("given a new user, when they enrol in the SDK's popup, then the SDK gets a token that validates", async () => {
    const { url } = await challenge(api, newUser(), "enroll");
    const ada = await visitor();

    await ada.launch(url, { mode: "popup" });
    const app = await typedKey(ada.popup);
    await ada.popup.locator("#qr svg").waitFor();
    await enter(ada.popup, await app.previousCode());
    await savedCodes(ada.popup);

    assert.equal((await validated(await ada.launched())).isValid, true);
    assert.deepEqual(await ada.errors(), []);
  });

  test("given an enrolled user, when a wrong and then the right code come, then the popup says so and closes", async () => {
    const { userId, app } = await enrolled();
    const { url } = await challenge(api, userId);
    const ada = await visitor();

    await ada.launch(url, { mode: "popup" });
    await enter(ada.popup, app.wrongCode());
    await ada.popup.getByRole("alert").filter({ hasText: "isn’t right" }).waitFor();
    assert.equal(await ada.popup.getByRole("textbox").getAttribute("aria-invalid"), "true");
    await enter(ada.popup, app.code());

    const token = await ada.launched();
    assert.equal((await validated(token)).state, "CHALLENGE_SUCCEEDED");
    await ada.tab.locator("iframe[name=authsignal]").waitFor({ state: "detached" });
  });

  test("given a popup, when its messages are read, then they are the protocol's: heights as objects, events as text", async () => {
    const { userId, app } = await enrolled();
    const { url } = await challenge(api, userId);
    const ada = await visitor();

    await ada.launch(url, { mode: "popup" });
    const frame = ada.tab.locator("iframe[name=authsignal].as-iframe-ready");
    await frame.waitFor();
    await shot(ada.tab, "popup");
    const before = (await frame.boundingBox()).height;
    const container = (await ada.popup.locator("#widget_container").boundingBox()).height;
    assert.ok(Math.abs(before - container) <= 1, `the frame is as high as what is in it: ${before}, ${container}`);
    await enter(ada.popup, app.code());
    await ada.launched();

    const messages = await ada.messages();
    assert.ok(messages.every(({ origin }) => origin === api.url));
    const heights = messages.filter(({ data }) => typeof data === "object").map(({ data }) => data);
    assert.ok(heights.length >= 2 && heights.every(({ height }) => height > 100), JSON.stringify(heights));
    const events = messages.filter(({ data }) => typeof data === "string").map(({ data }) => JSON.parse(data));
    assert.deepEqual(
      events.map((event) => Object.keys(event)),
      [["event"], ["event", "token"]],
    );
    assert.deepEqual(
      events.map(({ event }) => event),
      ["AUTHSIGNAL_READY", "AUTHSIGNAL_CLOSE_POPUP"],
    );
  });

  test("given a challenge, when the user gives up, then the SDK gets no token and the challenge is still open", async () => {
    const { userId } = await enrolled();
    const { url, token } = await challenge(api, userId);
    const ada = await visitor();

    await ada.launch(url, { mode: "popup" });
    await ada.popup.getByRole("button", { name: "Cancel" }).click();

    assert.equal(await ada.launched(), undefined);
    assert.equal((await validated(token)).state, "CHALLENGE_REQUIRED");
  });

  test("given a shop that sends no referrer, when its user meets the challenge, then the SDK still gets the token", async () => {
    const { userId, app } = await enrolled();
    const { url } = await challenge(api, userId);
    const ada = await visitor();

    await ada.launch(url, { mode: "popup" }, "/quiet");
    await enter(ada.popup, app.code());

    assert.equal((await validated(await ada.launched())).isValid, true);
  });

  test("given attempts that come too often, when one more comes, then the page says for how long, and onError hears it", async () => {
    const { userId, app } = await enrolled();
    const { url } = await challenge(api, userId);
    const ada = await visitor();
    await ada.context.route("**/v1/client/verify/totp", (route) =>
      route.fulfill({ status: 429, headers: { "Retry-After": "90" }, json: { errorCode: "too_many_requests" } }),
    );

    await ada.launch(url, { mode: "popup" });
    await enter(ada.popup, app.code());
    await ada.popup.getByRole("alert").filter({ hasText: "Try again in 2 minutes." }).waitFor();

    assert.deepEqual(await ada.errors(), [{ errorCode: "too_many_requests", statusCode: 429 }]);
  });

  test("given no QR code to be had, when the user enrols, then the key is shown instead", async () => {
    const { url } = await challenge(api, newUser(), "enroll");
    const ada = await visitor();
    await ada.context.route("**/ui/qr", (route) => route.abort());

    await ada.launch(url, { mode: "popup" });

    await ada.popup.locator("#secret", { hasText: /[A-Z2-7]{4}/ }).waitFor();
    assert.equal(await ada.popup.locator("#qr").isVisible(), false);
  });

  test("given an altered token, when the popup opens, then it says so, and the SDK's onError hears the code", async () => {
    const { url } = await challenge(api, newUser());
    const ada = await visitor();

    await ada.launch(`${url.slice(0, -8)}AAAAAAAA`, { mode: "popup" });
    await heading(ada.popup, "This link doesn’t work").waitFor();
    await ada.tab.waitForFunction(() => window.errors.length > 0);

    assert.deepEqual(await ada.errors(), [{ errorCode: "invalid_token", statusCode: 401 }]);
  });
});

describe("window", () => {
  const launchedWindow = async (ada, url, path) => {
    const opened = ada.context.waitForEvent("page");
    await ada.launch(url, { mode: "window" }, path);
    return opened;
  };

  test("given an enrolled user, when the code comes in the SDK's window, then the SDK gets the token and closes it", async () => {
    const { userId, app } = await enrolled();
    const { url } = await challenge(api, userId);
    const ada = await visitor();

    const opened = await launchedWindow(ada, url);
    const closed = opened.waitForEvent("close");
    await enter(opened, app.code());

    assert.equal((await validated(await ada.launched())).isValid, true);
    await closed;
  });

  test("given an opener that nothing names, when the challenge is met, then no token is sent and the first one validates", async () => {
    const { userId, app } = await enrolled();
    const { url, token } = await challenge(api, userId);
    const ada = await visitor();

    const opened = await launchedWindow(ada, url, "/quiet");
    await enter(opened, app.code());

    assert.equal(await ada.launched(), undefined);
    assert.equal((await validated(token)).isValid, true);
  });

  test("given such an opener and a redirectUrl of its origin, when the challenge is met, then the token goes there", async () => {
    const { userId, app } = await enrolled();
    const { url } = await challenge(api, userId, "signIn", { redirectUrl: `${shop.url}/done` });
    const ada = await visitor();

    const opened = await launchedWindow(ada, url, "/quiet");
    await enter(opened, app.code());

    assert.equal((await validated(await ada.launched())).isValid, true);
  });
});

describe("redirect", () => {
  test("given a redirectUrl with a query and a fragment, when the challenge is met, then both are kept and a new token is added", async () => {
    const { userId, app } = await enrolled();
    const redirectUrl = `${shop.url}/done?cart=a%20b+c&token=old&empty#top`;
    const { url, token: first } = await challenge(api, userId, "signIn", { redirectUrl });
    const ada = await visitor();

    await ada.launch(url, {}).catch(() => {}); // the page that called is gone
    await ada.tab.waitForURL(/\/challenge\?/);
    await enter(ada.tab, app.code());
    await ada.tab.waitForURL(/\/done/);

    const [, kept, token, fragment] = /\/done\?(.*)&token=([^&#]+)(#.*)$/.exec(ada.tab.url());
    assert.deepEqual([kept, fragment], ["cart=a%20b+c&empty", "#top"]);
    assert.notEqual(token, first);
    assert.equal((await validated(token)).isValid, true);
  });

  test("given a redirectUrl, when the user gives up, then they go there with the token of the track call's url", async () => {
    const { userId } = await enrolled();
    const { url } = await challenge(api, userId, "signIn", { redirectUrl: `${shop.url}/done` });
    const ada = await visitor();

    await ada.tab.goto(url);
    await ada.tab.getByRole("button", { name: "Cancel" }).click();
    await ada.tab.waitForURL(/\/done/);

    assert.equal(new URL(ada.tab.url()).searchParams.get("token"), new URL(url).searchParams.get("t"));
    assert.equal((await validated(new URL(url).searchParams.get("t"))).state, "CHALLENGE_REQUIRED");
  });

  test("given the token of a track answer, when its claims are read, then the redirectUrl is in the url's token alone", async () => {
    const redirectUrl = `${shop.url}/done`;
    const { url, token } = await challenge(api, newUser(), "signIn", { redirectUrl });

    const claims = (text) => JSON.parse(Buffer.from(text.split(".")[1], "base64url"));
    assert.equal(claims(new URL(url).searchParams.get("t")).redirectUrl, redirectUrl);
    assert.ok(!JSON.stringify(claims(token)).includes(redirectUrl));
  });

  test("given no redirectUrl and nobody who listens, when the user enrols by the keyboard, then the page can be closed", async () => {
    const { url, token } = await challenge(api, newUser(), "enroll");
    const ada = await visitor();

    await ada.tab.goto(url);
    await ada.tab.keyboard.press("Tab");
    assert.equal(await ada.tab.evaluate(() => document.activeElement.tagName), "SUMMARY");
    await ada.tab.keyboard.press("Enter");
    const key = ada.tab.locator("#secret", { hasText: /[A-Z2-7]{4}/ });
    await key.waitFor();
    const secret = (await key.textContent()).replaceAll(" ", "");
    secrets.push(secret);
    await ada.tab.keyboard.press("Tab"); // copy the key
    await ada.tab.keyboard.press("Tab"); // the code
    await ada.tab.keyboard.type(await new AuthenticatorApp(secret).previousCode());
    await ada.tab.keyboard.press("Enter");
    await ada.tab.locator("#recovery-codes:not([aria-busy])").waitFor();
    assert.equal(await ada.tab.evaluate(() => document.activeElement.tagName), "H1");
    await ada.tab.keyboard.press("Tab"); // copy the codes
    await ada.tab.keyboard.press("Tab"); // they are saved
    await ada.tab.keyboard.press("Enter");

    await heading(ada.tab, "You’re verified").waitFor();
    await ada.tab.getByText("You can close this window.").locator("visible=true").waitFor();
    assert.equal(await ada.tab.evaluate(() => document.activeElement.tagName), "H1");
    assert.equal((await validated(token)).isValid, true);
  });

  test("given an enrolled user, when an enrolment is forced, then it follows the challenge", async () => {
    const { userId, app } = await enrolled();
    const { url } = await challenge(api, userId);
    const ada = await visitor();

    await ada.tab.goto(`${url}&force_enrollment=true`);
    await enter(ada.tab, app.code());
    const second = await typedKey(ada.tab);
    await enter(ada.tab, await second.previousCode());
    await heading(ada.tab, "You’re verified").waitFor();

    assert.equal(success(await api.authenticators(userId)).length, 2);
  });

  for (const redirectUrl of ["javascript:alert(1)", "data:text/html,x", "ftp://shop.example/", "/done", "https:", "x"]) {
    test(`given the redirectUrl ${redirectUrl}, when an action is tracked, then it is refused`, async () => {
      refusal(await api.track(newUser(), "signIn", { redirectUrl }), 400, "invalid_request");
    });
  }
});

/** A user who has enrolled on the page and has kept the recovery codes that it showed. */
const withRecoveryCodes = async () => {
  const userId = newUser();
  const { url } = await challenge(api, userId, "enroll");
  const { tab } = await visitor();
  await tab.goto(url);
  const app = await typedKey(tab);
  await enter(tab, await app.previousCode());
  return { userId, app, recoveryCodes: await savedCodes(tab) };
};

const chooseRecovery = async (page) => {
  await page.getByRole("button", { name: "Try another way" }).click();
  await page.getByRole("button", { name: "Recovery code" }).click();
};

describe("several methods", () => {
  test("S20: given recovery codes, when the phone is lost, then one of them meets the challenge, and not a second time", async () => {
    const { userId, recoveryCodes } = await withRecoveryCodes();
    const [first, second] = [await challenge(api, userId), await challenge(api, userId)];
    const ada = await visitor();

    await ada.tab.goto(first.url);
    await chooseRecovery(ada.tab);
    await ada.tab.getByRole("textbox").fill("no");
    await ada.tab.keyboard.press("Enter");
    await ada.tab.getByRole("alert").filter({ hasText: "as it was shown to you" }).waitFor();
    await enter(ada.tab, ` ${recoveryCodes[0].toLowerCase()} `);
    await heading(ada.tab, "You’re verified").waitFor();
    const { isValid, verificationMethod } = await validated(first.token);
    assert.deepEqual([isValid, verificationMethod], [true, "RECOVERY_CODE"]);

    await ada.tab.goto(second.url);
    await chooseRecovery(ada.tab);
    await enter(ada.tab, recoveryCodes[0]);
    await ada.tab.getByRole("alert").filter({ hasText: "it was used before" }).waitFor();
    assert.equal((await validated(second.token)).isValid, false);
    await enter(ada.tab, recoveryCodes[1]);
    await heading(ada.tab, "You’re verified").waitFor();
  });

  test("given a user with an app alone, when they are challenged, then no other way is offered", async () => {
    const ada = await visitor();

    await ada.tab.goto((await challenge(api, (await enrolled()).userId)).url);
    await ada.tab.getByRole("textbox").waitFor();

    assert.equal(await ada.tab.getByRole("button", { name: "Try another way" }).isVisible(), false);
  });

  test("given a first enrolment, when recovery codes can't be had, then it ends well without them", async () => {
    const { url, token } = await challenge(api, newUser(), "enroll");
    const ada = await visitor();
    await ada.tab.route("**/v1/client/recovery-codes", (route) =>
      route.fulfill({ status: 503, json: { errorCode: "service_unavailable" } }),
    );

    await ada.tab.goto(url);
    await enter(ada.tab, await (await typedKey(ada.tab)).previousCode());
    await heading(ada.tab, "You’re verified").waitFor();

    assert.equal((await validated(token)).isValid, true);
  });
});

describe("framing", () => {
  test("given a page that no SDK launched, when another site frames it, then the browser does not show it", async () => {
    const { url } = await challenge(api, newUser());
    const mallory = await visitor();

    await mallory.tab.goto(shop.url);
    await mallory.tab.evaluate((src) => {
      document.body.append(Object.assign(document.createElement("iframe"), { src }));
    }, url);
    await mallory.tab.waitForTimeout(500);

    assert.equal(await mallory.tab.frameLocator("iframe").locator("#widget_container").count(), 0);
    assert.ok(mallory.breaches.length > 0);
    mallory.breaches = [];
  });
});

/** Every page that a user can come to: how to come there, and what it is headed. */
const pages = {
  enroll: {
    heading: "Set up your authenticator app",
    open: async (tab) => {
      await tab.goto((await challenge(api, newUser(), "enroll")).url);
      await tab.locator("#qr svg").waitFor();
    },
  },
  "enroll-by-key": {
    heading: "Set up your authenticator app",
    open: async (tab) => {
      await tab.goto((await challenge(api, newUser(), "enroll")).url);
      await tab.locator("#qr svg").waitFor();
      await typedKey(tab);
    },
  },
  challenge: {
    heading: "Verify it’s you",
    open: async (tab) => tab.goto((await challenge(api, (await enrolled()).userId)).url),
  },
  "challenge-wrong-code": {
    heading: "Verify it’s you",
    open: async (tab) => {
      const { userId, app } = await enrolled();
      await tab.goto((await challenge(api, userId)).url);
      await enter(tab, app.wrongCode());
      await tab.getByRole("alert").filter({ hasText: "isn’t right" }).waitFor();
    },
  },
  "method-choice": {
    heading: "Choose how to verify",
    open: async (tab) => {
      await tab.goto((await challenge(api, (await withRecoveryCodes()).userId)).url);
      await tab.getByRole("button", { name: "Try another way" }).click();
    },
  },
  "recovery-code-entry": {
    heading: "Use a recovery code",
    open: async (tab) => {
      await pages["method-choice"].open(tab);
      await tab.getByRole("button", { name: "Recovery code" }).click();
    },
  },
  "recovery-codes": {
    heading: "Save your recovery codes",
    open: async (tab) => {
      await tab.goto((await challenge(api, newUser(), "enroll")).url);
      await enter(tab, await (await typedKey(tab)).previousCode());
      await tab.locator("#recovery-codes:not([aria-busy])").waitFor();
    },
  },
  success: {
    heading: "You’re verified",
    open: async (tab) => {
      const { userId, app } = await enrolled();
      const { url, token } = await challenge(api, userId, "signIn", { redirectUrl: `${shop.url}/done` });
      success(await api.verify(token, app.code()));
      await tab.goto(url);
    },
  },
  failed: {
    heading: "That didn’t work",
    open: async (tab) => {
      const { userId, app } = await enrolled();
      await tab.goto((await challenge(api, userId)).url);
      for (let attempt = 0; attempt < 10 && (await tab.getByRole("textbox").isVisible()); attempt++) {
        await enter(tab, app.wrongCode());
        await tab.locator("[data-screen=totp-code-entry] .primary:not([aria-disabled])").waitFor({ state: "attached" });
      }
    },
  },
  expired: {
    heading: "This page has expired",
    open: async (tab) => {
      const { userId, app } = await enrolled();
      await tab.route("**/v1/client/verify/totp", (route) =>
        route.fulfill({ status: 401, json: { error: "expired_token", errorCode: "expired_token" } }),
      );
      await tab.goto((await challenge(api, userId, "signIn", { redirectUrl: `${shop.url}/done` })).url);
      await enter(tab, app.code());
    },
  },
  invalid: { heading: "This link doesn’t work", open: (tab) => tab.goto(`${api.url}/challenge?t=no.token.at-all`) },
  blocked: { heading: "This isn’t allowed", open: (tab) => openWithOutcome(tab, "BLOCK") },
  review: { heading: "This is being looked at", open: (tab) => openWithOutcome(tab, "REVIEW") },
  unsupported: {
    heading: "That can’t be done here",
    open: async (tab) => {
      await tab.route("**/v1/client/user-authenticators/totp", (route) =>
        route.fulfill({ status: 400, json: { error: "invalid_configuration", errorCode: "invalid_configuration" } }),
      );
      await tab.goto((await challenge(api, newUser(), "enroll")).url);
    },
  },
  unavailable: {
    heading: "Something went wrong",
    open: async (tab) => {
      await tab.route("**/v1/client/user-authenticators/totp", (route) => route.abort());
      await tab.goto((await challenge(api, newUser(), "enroll")).url);
    },
  },
  cancelled: {
    heading: "Cancelled",
    open: async (tab) => {
      await tab.goto((await challenge(api, (await enrolled()).userId)).url);
      await tab.getByRole("button", { name: "Cancel" }).click();
    },
  },
};

const openWithOutcome = async (tab, outcome) => {
  const actionCode = `ui-${outcome.toLowerCase()}`;
  await api.management("POST", "", { actionCode, defaultUserActionResult: outcome });
  await tab.goto(success(await api.track(newUser(), actionCode)).url);
};

describe("every page, in light and dark, on a desktop and 320 px wide", () => {
  for (const [name, { open, heading: title }] of Object.entries(pages)) {
    test(`given the page ${name}, when it is looked at, then axe finds nothing and nothing is cut off`, async () => {
      const ada = await visitor(looks["light-desktop"]);
      await open(ada.tab);
      await heading(ada.tab, title).waitFor();
      assert.equal(await ada.tab.title(), title);
      await assertLooksWell(ada.tab, name);
    });
  }

  test("given a phone, when the user enrols on it, then it offers to open the app that is on it", async () => {
    const ada = await visitor({ ...looks["light-phone"], viewport: { width: 320, height: 920 } });

    await pages.enroll.open(ada.tab);

    const link = ada.tab.getByRole("link", { name: "Open my authenticator app" });
    assert.match(await link.getAttribute("href"), /^otpauth:\/\/totp\//);
    await shot(ada.tab, "enroll-touch");
    assert.deepEqual(await violations(ada.tab), []);
  });
});

test("given all of that, when the browsers' notes are read, then no policy was broken and no other host was asked", () => {
  for (const { requests, breaches, faults } of visitors) {
    assert.deepEqual(breaches, []);
    assert.deepEqual(faults, []);
    for (const url of requests) assert.ok([api.url, shop.url].includes(new URL(url).origin), url);
  }
});

test("given all of that, when URLs and output are searched, then no TOTP secret is in any of them", () => {
  assert.ok(secrets.length > 10);
  const urls = visitors.flatMap(({ requests }) => requests).join("\n");
  for (const secret of secrets) assert.ok(!urls.includes(secret));
  assertNothingSecretWasWritten(installation, secrets);
});

test("given all of that, when the answers are counted, then none was a fault of the server", () => {
  assert.deepEqual(serverFaults, []);
});
