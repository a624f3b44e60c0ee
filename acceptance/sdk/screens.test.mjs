// The pre-built page's passkeys, and its page of a user's authenticators, in a real browser with the authenticator that
// it simulates.
import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { Api } from "./api.mjs";
import { refusal, serverFaults, success } from "./http.mjs";
import { assertLooksWell } from "./looks.mjs";
import { Site, Visitors } from "./passkeys.mjs";
import { AuthenticatorApp, challenge, enrolledUser, newUser } from "./people.mjs";
import { Post } from "./post.mjs";
import { launch, launched, popup } from "./shop.mjs";
import { Installation } from "./sluice.mjs";

const installation = await new Installation().choosePorts();
const pages = `http://localhost:${installation.httpPort}`;
const site = await new Site().choosePort();
const visitors = await new Visitors().open();
const post = await new Post().open();
after(async () => {
  await Promise.all([visitors.close(), post.close()]);
  site.close();
  await installation.end();
});
await site.open();
await installation.up({ ...installation.settings, ...post.settings, SLUICE_PUBLIC_URL: pages });
const api = new Api(installation);
const everything = "read:authenticators add:authenticators update:authenticators remove:authenticators";
const breaches = [];

/** Somebody with a device that keeps passkeys. */
const visitor = async () => {
  const { tab, devtools, authenticatorId } = await visitors.visitor(api, site);
  tab.on("console", (message) => {
    if (/Content.Security.Policy|Refused to/i.test(message.text())) breaches.push(message.text());
  });
  tab.on("pageerror", (error) => breaches.push(String(error)));
  const verifiesUser = (isUserVerified) => devtools.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified });
  return { tab, verifiesUser };
};

const heading = (page, name) => page.getByRole("heading", { level: 1, name });
const button = (page, name) => page.getByRole("button", { name, exact: true });
const validated = async (token) => success(await api.validate({ token }));
const enter = async (page, code) => {
  await page.getByRole("textbox").fill(code);
  await page.getByRole("button", { name: /^(Finish|Continue)$/ }).click();
};
const typedKey = async (page) => {
  await page.getByText("Can’t scan it?").click();
  const key = page.locator("#secret", { hasText: /[A-Z2-7]{4}/ });
  await key.waitFor();
  return new AuthenticatorApp((await key.textContent()).replaceAll(" ", ""));
};
const saveCodes = async (page) => {
  await page.locator("#recovery-codes:not([aria-busy])").waitFor();
  const codes = (await page.locator("#recovery-codes").textContent()).split("\n");
  await button(page, "I have saved them").click();
  return codes;
};

/** A user whose only authenticator is a passkey, which they added on the page. */
const withPasskey = async () => {
  const userId = newUser();
  const { url, token } = await challenge(api, userId, "enroll");
  const ada = await visitor();
  await ada.tab.goto(url);
  await button(ada.tab, "Set up something else").click();
  await button(ada.tab, "Passkey").click();
  await button(ada.tab, "Add a passkey").click();
  const recoveryCodes = await saveCodes(ada.tab);
  await heading(ada.tab, "You’re verified").waitFor();
  return { userId, token, recoveryCodes, ...ada };
};

/** Opens the page of the user's authenticators, with an action that lets them in. */
const openSettings = async (tab, userId, attributes = { scope: everything }) => {
  const tracked = success(await api.track(userId, "settings", { redirectToSettings: true, ...attributes }));
  await tab.goto(tracked.url);
  return tracked;
};
success(await api.management("POST", "", { actionCode: "settings", defaultUserActionResult: "ALLOW" }));
const settingsShown = (tab) => tab.locator("#authenticators:not([aria-busy])").waitFor();
const items = (tab) => tab.locator("#authenticators li");

describe("passkeys", () => {
  test("given a new user, when they add a passkey on the page, then it is their authenticator", async () => {
    const { userId, token } = await withPasskey();

    const { isValid, verificationMethod } = await validated(token);
    assert.deepEqual([isValid, verificationMethod], [true, "PASSKEY"]);
    const methods = success(await api.authenticators(userId)).map((each) => each.verificationMethod);
    assert.deepEqual(methods, ["PASSKEY"]);
  });

  test("given a passkey, when its user is challenged, then it comes first, and by the keyboard meets the challenge", async () => {
    const { userId, tab } = await withPasskey();
    const { url, token } = await challenge(api, userId);

    await tab.goto(url);
    await heading(tab, "Verify with your passkey").waitFor();
    await tab.keyboard.press("Tab");
    await tab.keyboard.press("Enter");
    await heading(tab, "You’re verified").waitFor();

    assert.equal((await validated(token)).verificationMethod, "PASSKEY");
  });

  test("given a device that does not know who holds it, when it is asked, then the page says so, and another way is open", async () => {
    const { userId, recoveryCodes, tab, verifiesUser } = await withPasskey();
    const { url, token } = await challenge(api, userId);
    await verifiesUser(false);

    await tab.goto(url);
    await button(tab, "Continue").click();
    await tab.getByRole("alert").filter({ hasText: "No passkey was used" }).waitFor();
    assert.equal((await validated(token)).state, "CHALLENGE_REQUIRED");
    await button(tab, "Try another way").click();
    await button(tab, "Recovery code").click();
    await enter(tab, recoveryCodes[0]);
    await heading(tab, "You’re verified").waitFor();

    assert.equal((await validated(token)).verificationMethod, "RECOVERY_CODE");
  });

  test("given the SDK's popup, when its user is challenged, then the passkey meets the challenge in it", async () => {
    const { userId, tab } = await withPasskey();
    const { url } = await challenge(api, userId);

    await tab.goto(site.origin);
    await launch(tab, url, { mode: "popup" });
    await button(popup(tab), "Continue").click();

    const { isValid, verificationMethod } = await validated(await launched(tab));
    assert.deepEqual([isValid, verificationMethod], [true, "PASSKEY"]);
  });

  test("given the SDK's popup, when a new user adds a passkey in it, then it is their authenticator", async () => {
    const userId = newUser();
    const { url } = await challenge(api, userId, "enroll");
    const { tab } = await visitor();

    await launch(tab, url, { mode: "popup" });
    await button(popup(tab), "Set up something else").click();
    await button(popup(tab), "Passkey").click();
    await button(popup(tab), "Add a passkey").click();
    await saveCodes(popup(tab));

    assert.equal((await validated(await launched(tab))).verificationMethod, "PASSKEY");
  });

  /** Shows the page in a frame that is let nothing. */
  const framed = async (tab, url) => {
    await tab.goto(site.origin);
    await tab.setContent(`<iframe name="plain" width="400" height="600" src="${url}&mode=popup"></iframe>`);
    return tab.frameLocator("iframe[name=plain]");
  };

  test("given a frame where browsers ask for no passkey, when the user is challenged, then another way comes", async () => {
    const { userId, recoveryCodes, tab } = await withPasskey();
    const challenged = await challenge(api, userId);

    const frame = await framed(tab, challenged.url);
    await heading(frame, "Use a recovery code").waitFor();
    await enter(frame, recoveryCodes[0]);
    await frame.getByRole("textbox").waitFor({ state: "hidden" });

    assert.equal((await validated(challenged.token)).verificationMethod, "RECOVERY_CODE");
  });

  test("given such a frame, when an action takes passkeys alone, then the user is told that it can't be done there", async () => {
    const { userId, tab } = await withPasskey();
    const action = "passkeysAlone";
    success(await api.management("POST", "", { actionCode: action, verificationMethods: ["PASSKEY"] }));
    const { url } = await challenge(api, userId, action);

    await heading(await framed(tab, url), "That can’t be done here").waitFor();
  });

  for (const [name, path] of [["passkey-enrollment", ["Set up something else", "Passkey"]], ["enrollment-choice", ["Set up something else"]]]) {
    test(`given the page ${name}, when it is looked at, then axe finds nothing and nothing is cut off`, async () => {
      const { tab } = await visitor();
      await tab.goto((await challenge(api, newUser(), "enroll")).url);
      for (const each of path) await button(tab, each).click();
      await assertLooksWell(tab, name);
    });
  }

  test("given the page passkey-entry, when it is looked at, then axe finds nothing and nothing is cut off", async () => {
    const { userId, tab } = await withPasskey();
    await tab.goto((await challenge(api, userId)).url);
    await heading(tab, "Verify with your passkey").waitFor();
    await assertLooksWell(tab, "passkey-entry");
  });
});

describe("e-mail", () => {
  test("given a new user, when they set up codes by e-mail, then one enrols them and another meets a challenge", async () => {
    const userId = newUser();
    const email = `${userId}@example.com`;
    const { tab } = await visitor();

    await tab.goto((await challenge(api, userId, "enroll")).url);
    await button(tab, "Set up something else").click();
    await button(tab, "Code by e-mail").click();
    await assertLooksWell(tab, "email-code-enrollment");
    await tab.getByRole("textbox").fill("nobody");
    await button(tab, "Send the code").click();
    await tab.getByRole("alert").filter({ hasText: "Enter an e-mail address" }).waitFor();
    await tab.getByRole("textbox").fill(email);
    await tab.keyboard.press("Enter");
    await heading(tab, "Check your e-mail").waitFor();
    await enter(tab, post.code(email));
    await saveCodes(tab);

    const { url, token } = await challenge(api, userId);
    await tab.goto(url);
    await tab.getByText("A code is on its way.").waitFor();
    await assertLooksWell(tab, "email-code-entry");
    await enter(tab, post.code(email));
    await heading(tab, "You’re verified").waitFor();
    assert.equal((await validated(token)).verificationMethod, "EMAIL_OTP");
  });

  test("given a link by e-mail, when it is confirmed on another device, then the page that waits goes on", async () => {
    const userId = newUser();
    const email = `${userId}@example.com`;
    const [{ tab }, { tab: other }] = [await visitor(), await visitor()];
    const confirm = async () => {
      await other.goto(post.link(email));
      await other.getByRole("button").click();
      await heading(other, "Confirmed").waitFor();
    };

    await tab.goto((await challenge(api, userId, "enroll")).url);
    await button(tab, "Set up something else").click();
    await button(tab, "Link by e-mail").click();
    await assertLooksWell(tab, "email-link-enrollment");
    await tab.getByRole("textbox").fill(email);
    await tab.keyboard.press("Enter");
    await heading(tab, "Confirm by e-mail").waitFor();
    await confirm();
    await saveCodes(tab);

    const { url, token } = await challenge(api, userId);
    await tab.goto(url);
    await tab.getByText("A link is on its way.").waitFor();
    await assertLooksWell(tab, "email-link");
    await confirm();
    await heading(tab, "You’re verified").waitFor();
    assert.equal((await validated(token)).verificationMethod, "EMAIL_MAGIC_LINK");
  });
});

describe("settings", () => {
  test("given every scope, when the user adds a passkey, makes it the default and removes the app, then it is so", async () => {
    const { userId } = await enrolledUser(api);
    const { tab } = await visitor();

    await openSettings(tab, userId);
    await settingsShown(tab);
    assert.equal(await items(tab).count(), 1);
    await button(tab, "Add another").click();
    await button(tab, "Passkey").click();
    await button(tab, "Add a passkey").click();
    await items(tab).nth(1).waitFor();
    await assertLooksWell(tab, "settings");
    await items(tab).filter({ hasText: "Passkey" }).getByRole("button", { name: "Make default" }).click();
    await items(tab).filter({ hasText: "Passkey" }).getByText("Default", { exact: true }).waitFor();
    await items(tab).filter({ hasText: "Authenticator app" }).getByRole("button", { name: "Remove" }).click();
    await heading(tab, "Remove this?").waitFor();
    await assertLooksWell(tab, "remove-authenticator");
    await button(tab, "Keep it").click();
    await settingsShown(tab);
    assert.equal(success(await api.authenticators(userId)).length, 2);
    await items(tab).filter({ hasText: "Authenticator app" }).getByRole("button", { name: "Remove" }).click();
    await button(tab, "Remove").click();
    await items(tab).filter({ hasText: "Authenticator app" }).waitFor({ state: "detached" });

    const left = success(await api.authenticators(userId));
    assert.deepEqual(left.map(({ verificationMethod, isDefault }) => [verificationMethod, isDefault]), [["PASSKEY", true]]);
  });

  test("given new recovery codes from the settings, when an old one comes, then it is refused and a new one is not", async () => {
    const { userId, recoveryCodes, tab } = await withPasskey();

    await openSettings(tab, userId);
    await button(tab, "New recovery codes").click();
    const renewed = await saveCodes(tab);
    await settingsShown(tab);
    await tab.goto((await challenge(api, userId)).url);
    await button(tab, "Try another way").click();
    await button(tab, "Recovery code").click();
    await enter(tab, recoveryCodes[0]);
    await tab.getByRole("alert").filter({ hasText: "isn’t right" }).waitFor();
    await enter(tab, renewed[0]);
    await heading(tab, "You’re verified").waitFor();
  });

  test("S18: given the scope to read alone, when the page is opened, then it shows what there is and offers nothing else", async () => {
    const { userId, userAuthenticatorId } = await enrolledUser(api);
    const { tab } = await visitor();

    const { token } = await openSettings(tab, userId, { scope: "read:authenticators" });
    await settingsShown(tab);

    assert.equal(await items(tab).count(), 1);
    assert.equal(await tab.getByRole("button").count(), 0);
    const path = `/client/user-authenticators/${userAuthenticatorId}`;
    refusal(await api.send("DELETE", path, `Bearer ${token}`), 401, "unauthorized");
  });

  test("given a challenge, when the settings are asked for, then it comes first, and lets the user see and add", async () => {
    const { userId, app } = await enrolledUser(api);
    const { url, token } = await challenge(api, userId, "signIn", {
      redirectToSettings: true,
      redirectUrl: `${site.origin}/done`,
    });
    const { tab } = await visitor();

    await tab.goto(url);
    await enter(tab, app.code());
    await settingsShown(tab);
    assert.equal(await tab.getByRole("button", { name: "Remove" }).count(), 0);
    await button(tab, "Add another").click();
    await button(tab, "Authenticator app").click();
    await enter(tab, await (await typedKey(tab)).previousCode());
    await items(tab).nth(1).waitFor();
    await button(tab, "Done").click();
    await tab.waitForURL(/\/done/);

    assert.equal((await validated(new URL(tab.url()).searchParams.get("token"))).isValid, true);
    assert.equal(success(await api.authenticators(userId)).length, 2);
    const claims = JSON.parse(Buffer.from(token.split(".")[1], "base64url"));
    assert.equal(claims.redirectToSettings, undefined);
  });

  test("given an action that was blocked, when the settings are asked for, then they are not shown", async () => {
    const { userId } = await enrolledUser(api);
    const { tab } = await visitor();
    success(await api.management("POST", "", { actionCode: "stopped", defaultUserActionResult: "BLOCK" }));

    const { url } = success(await api.track(userId, "stopped", { redirectToSettings: true, scope: everything }));
    await tab.goto(url);

    await heading(tab, "This isn’t allowed").waitFor();
  });

  test("given a redirectToSettings that is no truth value, when an action is tracked, then it is refused", async () => {
    refusal(await api.track(newUser(), "signIn", { redirectToSettings: "yes" }), 400, "invalid_request");
  });
});

test("given all of that, when browsers and server are asked, then no policy was broken and nothing failed", () => {
  assert.deepEqual(breaches, []);
  assert.deepEqual(serverFaults, []);
});
