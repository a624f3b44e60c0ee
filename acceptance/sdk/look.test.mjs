// What a tenant makes of the pre-built pages: its theme, its texts, and which sites may show them and be gone to.
import assert from "node:assert/strict";
import { after, afterEach, describe, test } from "node:test";
import { Api } from "./api.mjs";
import { operatorConsole } from "./console.mjs";
import { refusal, serverFaults, success } from "./http.mjs";
import { assertLooksWell } from "./looks.mjs";
import { AuthenticatorApp, challenge, enrolledUser, newUser } from "./people.mjs";
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
// The same server under another name is another site.
const elsewhere = shop.url.replace("127.0.0.1", "localhost");

const set = async (name, body) => success(await api.setting("PATCH", name, body));
const heading = (page, name) => page.getByRole("heading", { level: 1, name });
const enter = async (page, code) => {
  await page.getByRole("textbox").fill(code);
  await page.getByRole("button", { name: /^(Finish|Continue)$/ }).click();
};
const styleOf = (tab, selector, property) =>
  tab.locator(selector).first().evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property);

const theme = () => ({
  name: "Bazaar",
  primaryColor: "#7a1fa2",
  logoUrl: `${shop.url}/logo.svg`,
  watermarkUrl: `${shop.url}/watermark.svg`,
  faviconUrl: `${shop.url}/favicon.svg`,
  borders: { buttonBorderRadius: 0, inputBorderWidth: 2, containerBorderRadius: 4 },
  colors: { headingText: "#221133", link: "#5b1780", buttonPrimaryText: "white", focus: "#005fcc" },
  container: { contentAlignment: "center", logoAlignment: "center", logoPosition: "outside", logoHeight: 40, padding: 24 },
  pageBackground: { backgroundColor: "#f6effa", backgroundImageUrl: `${shop.url}/backdrop.svg` },
  typography: { text: { faces: [{ url: `${shop.url}/font.woff2`, weight: "100 900" }] } },
  links: { underline: true },
  shadows: { enabled: false },
  darkMode: {
    primaryColor: "#e0b0ff",
    colors: { buttonPrimaryText: "#221133" },
    logoUrl: `${shop.url}/dark-logo.svg`,
    pageBackground: { backgroundImageUrl: `${shop.url}/dark-backdrop.svg` },
  },
});

describe("theme", () => {
  afterEach(() =>
    set("theme", Object.fromEntries(Object.keys(theme()).map((field) => [field, null]))),
  );

  test("given a theme, when the page is opened, then it looks so, and its policy lets in the theme's hosts alone", async () => {
    await set("theme", theme());
    const { userId } = await enrolledUser(api);
    const { url } = await challenge(api, userId);
    const ada = await shop.visitor({ colorScheme: "light", reducedMotion: "reduce" });

    const answer = await ada.tab.goto(url);
    await ada.tab.getByRole("img", { name: "Bazaar" }).locator("visible=true").waitFor();

    assert.equal(await styleOf(ada.tab, ".primary:visible", "background-color"), "rgb(122, 31, 162)");
    assert.equal(await styleOf(ada.tab, ".primary:visible", "border-top-left-radius"), "0px");
    assert.equal(await styleOf(ada.tab, "body", "background-color"), "rgb(246, 239, 250)");
    assert.match(await styleOf(ada.tab, "body", "font-family"), /^"?tenant-text/);
    await ada.tab.emulateMedia({ colorScheme: "dark" });
    assert.equal(await styleOf(ada.tab, ".primary:visible", "background-color"), "rgb(224, 176, 255)");
    assert.equal(await styleOf(ada.tab, "body", "background-color"), "rgb(14, 17, 22)");
    const policy = answer.headers()["content-security-policy"];
    assert.match(policy, new RegExp(`img-src 'self' data: ${shop.url}; font-src ${shop.url};`));
    assert.deepEqual(ada.breaches, []);
    const asked = new Set(ada.requests.filter((each) => each.startsWith(shop.url)).map((each) => each.slice(shop.url.length)));
    for (const part of ["/logo.svg", "/dark-logo.svg", "/watermark.svg", "/backdrop.svg", "/dark-backdrop.svg", "/font.woff2"])
      assert.ok(asked.has(part), `${part} among ${[...asked]}`);
  });

  test("given a theme that changes, when its sheet is asked for, then each version may be kept and none is another's", async () => {
    await set("theme", { primaryColor: "navy" });
    const { url } = await challenge(api, newUser(), "enroll");
    const [, path] = /href="(\/ui\/theme\.css[^"]*)"/.exec(await (await fetch(url)).text());
    const sheet = () => fetch(api.url + path.replaceAll("&amp;", "&"));

    const first = await sheet();
    await set("theme", { primaryColor: "teal" });
    const later = await sheet();

    assert.match(first.headers.get("cache-control"), /immutable/);
    assert.match(await first.text(), /--primary:navy;/);
    assert.equal(later.headers.get("cache-control"), "no-cache");
    assert.match(await later.text(), /--primary:teal;/);
    assert.equal(await (await fetch(`${api.url}/ui/theme.css?tenant=nobody`)).text(), "");
  });

  for (const name of ["challenge", "enroll"]) {
    test(`given a theme, when ${name} is looked at in every way, then axe finds nothing and nothing is cut off`, async () => {
      await set("theme", theme());
      const userId = name === "enroll" ? newUser() : (await enrolledUser(api)).userId;
      const ada = await shop.visitor();

      await ada.tab.goto((await challenge(api, userId)).url);
      await ada.tab.getByRole("textbox").waitFor();
      if (name === "enroll") await ada.tab.locator("#qr svg").waitFor();

      await assertLooksWell(ada.tab, `themed-${name}`);
    });
  }

  test("given a theme, when only the keyboard is used, then where it is can be seen and the challenge is met", async () => {
    await set("theme", theme());
    const { userId, app } = await enrolledUser(api);
    const { url, token } = await challenge(api, userId);
    const ada = await shop.visitor();

    await ada.tab.goto(url);
    await ada.tab.locator("[data-focus]:focus").waitFor();
    await ada.tab.keyboard.type(app.wrongCode());
    await ada.tab.keyboard.press("Tab");
    assert.equal(await styleOf(ada.tab, ":focus", "outline-color"), "rgb(0, 95, 204)");
    await ada.tab.keyboard.press("Enter");
    await ada.tab.getByRole("alert").filter({ hasText: "isn’t right" }).waitFor();
    await ada.tab.keyboard.type(app.code()); // the field is focused, its text selected
    await ada.tab.keyboard.press("Enter");
    await heading(ada.tab, "You’re verified").waitFor();

    assert.equal(success(await api.validate({ token })).isValid, true);
  });
});

describe("texts", () => {
  afterEach(() => set("message-overrides", { messageOverrides: null }));

  const opened = async (options, attributes) => {
    const { userId, app } = await enrolledUser(api);
    const ada = await shop.visitor(options);
    await ada.tab.goto((await challenge(api, userId, "signIn", attributes)).url);
    return { ...ada, tab: ada.tab, app };
  };

  test("given texts in two languages, when the page is opened, then it speaks the track call's, else the browser's", async () => {
    await set("message-overrides", {
      messageOverrides: {
        de: { "totp-code-entry.heading": "Sind Sie es?", "totp-code-entry.malformedCode": "6 Ziffern, {tenantName}!" },
        en: { "totp-code-entry.heading": "1 < 2 & \"{tenantName}\" &lt;b&gt;" },
      },
    });

    const german = await opened({ locale: "de-AT" });
    const told = await opened({ locale: "de-AT" }, { locale: "en" });

    await heading(german.tab, "Sind Sie es?").waitFor();
    assert.equal(await german.tab.locator("html").getAttribute("lang"), "de");
    await german.tab.getByRole("textbox").fill("12");
    await german.tab.getByRole("button", { name: "Continue" }).click();
    await german.tab.getByRole("alert").filter({ hasText: "6 Ziffern, Verification!" }).waitFor();
    assert.equal(await told.tab.title(), '1 < 2 & "Verification" &lt;b&gt;');
    await heading(told.tab, '1 < 2 & "Verification" &lt;b&gt;').waitFor();
    assert.deepEqual(german.breaches, []);
  });
});

describe("allowed origins", () => {
  afterEach(() => set("tenant", { allowedOrigins: null, hideSuccessScreenOnEnrollment: null }));

  test("E7: given allowed origins, when an action is tracked, then it may lead to them and to no other", async () => {
    await set("tenant", { allowedOrigins: ["https://shop.example"] });

    success(await api.track(newUser(), "signIn", { redirectUrl: "HTTPS://SHOP.example:443/done?x=1" }));
    for (const redirectUrl of [
      "https://shop.example.evil.example/",
      "https://shop.example@evil.example/",
      "https://shop.example:444/",
      "http://shop.example/",
      "https://evil.example\\@shop.example/",
      "https://evil.example/?https://shop.example",
      "https://shop.example./",
    ]) {
      refusal(await api.track(newUser(), "signIn", { redirectUrl }), 400, "invalid_request");
    }
  });

  test("E7: given allowed origins, when their page and another frame the challenge, then only theirs can", async () => {
    await set("tenant", { allowedOrigins: [shop.url] });
    const { userId, app } = await enrolledUser(api);
    const { url } = await challenge(api, userId);
    const [ada, mallory] = [await shop.visitor(), await shop.visitor()];

    await ada.launch(url, { mode: "popup" });
    await enter(ada.popup, app.code());
    assert.equal(success(await api.validate({ token: await ada.launched() })).isValid, true);

    await mallory.tab.goto(elsewhere);
    const refused = mallory.tab.waitForEvent("console", (message) => /frame-ancestors/.test(message.text()));
    await mallory.tab.evaluate((src) => {
      document.body.append(Object.assign(document.createElement("iframe"), { src }));
    }, `${url}&mode=popup`);
    await refused;
    assert.equal(await mallory.tab.frameLocator("iframe").locator("#widget_container").count(), 0);
  });

  test("E7: given allowed origins, when a page opens the window, then it gets the token if it is theirs, even where nothing names it", async () => {
    const { userId, app } = await enrolledUser(api);
    const ada = await shop.visitor();
    const met = async (allowedOrigins, path, code) => {
      await set("tenant", { allowedOrigins });
      const { url } = await challenge(api, userId);
      const window = ada.context.waitForEvent("page");
      await ada.launch(url, { mode: "window" }, path);
      await enter(await window, code);
      return window;
    };

    await met([elsewhere, shop.url], "/quiet", app.code());
    assert.equal(success(await api.validate({ token: await ada.launched() })).isValid, true);

    const closing = await met([elsewhere], "/", app.code(1));
    await closing.getByText("You can close this window.").locator("visible=true").waitFor();
    assert.deepEqual(await ada.messages(), []);
  });

  test("E7: given allowed origins, when pages call the client API, then theirs can and another's has no effect", async () => {
    await set("tenant", { allowedOrigins: [shop.url] });
    const { token } = await challenge(api, newUser(), "enroll");
    const enrolFrom = async (origin) => {
      const { tab } = await shop.visitor();
      await tab.goto(origin);
      return tab.evaluate(
        ([address, bearer]) =>
          fetch(address, { method: "POST", headers: { Authorization: `Bearer ${bearer}` } }).then(
            (answer) => answer.status,
            () => "not let through",
          ),
        [`${api.url}/v1/client/user-authenticators/totp`, token],
      );
    };

    assert.equal(await enrolFrom(shop.url), 200);
    assert.equal(await enrolFrom(elsewhere), "not let through");
    const forged = await fetch(`${api.url}/v1/client/user-authenticators/totp`, {
      method: "POST",
      headers: { Authorization: `Bearer ${token}`, Origin: "https://evil.example" },
    });
    assert.equal(forged.status, 401);
    assert.equal(forged.headers.get("access-control-allow-origin"), null);
  });

  test("given that the success screen is hidden, when a user has enrolled, then they see their recovery codes and are led on", async () => {
    await set("tenant", { hideSuccessScreenOnEnrollment: true });
    const { url } = await challenge(api, newUser(), "enroll", { redirectUrl: `${shop.url}/done` });
    const ada = await shop.visitor();
    const titles = [];
    ada.context.on("console", (message) => titles.push(message.text()));
    await ada.tab.addInitScript(() =>
      addEventListener("DOMContentLoaded", () =>
        new MutationObserver(() => console.log(document.title)).observe(document.head, { childList: true, subtree: true }),
      ),
    );

    await ada.tab.goto(url);
    await ada.tab.getByText("Can’t scan it?").click();
    const key = ada.tab.locator("#secret", { hasText: /[A-Z2-7]{4}/ });
    await key.waitFor();
    await enter(ada.tab, await new AuthenticatorApp((await key.textContent()).replaceAll(" ", "")).previousCode());
    await ada.tab.getByRole("button", { name: "I have saved them" }).click();
    await ada.tab.waitForURL(/\/done/);

    assert.deepEqual(titles, ["Save your recovery codes"]);
  });
});

describe("the console", () => operatorConsole(api, shop));

test("given all of that, when the answers are counted, then none was a fault of the server", () => {
  assert.deepEqual(serverFaults, []);
});
