// How pages look: in light and dark, on a desktop and a phone, to the eye (screenshots) and to axe.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

const axe = readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");
const repository = fileURLToPath(new URL("../../", import.meta.url));
const screenshots = resolve(repository, process.env.SLUICE_SCREENSHOTS ?? "acceptance/sdk/target/screenshots");

mkdirSync(screenshots, { recursive: true });

export const looks = {
  "light-desktop": { colorScheme: "light", viewport: { width: 1280, height: 800 } },
  "dark-desktop": { colorScheme: "dark", viewport: { width: 1280, height: 800 } },
  "light-phone": { colorScheme: "light", viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true },
  "dark-phone": { colorScheme: "dark", viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true },
};

export const shot = (tab, name, fullPage = false) =>
  tab.screenshot({ path: resolve(screenshots, `${name}.png`), animations: "disabled", fullPage });

/** Looks at a page in every way: axe finds nothing and nothing is cut off; leaves a picture of each. */
export const assertLooksWell = async (tab, name) => {
  await tab.mouse.move(0, 0);
  for (const [look, { colorScheme, viewport }] of Object.entries(looks)) {
    await tab.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await tab.setViewportSize(viewport);
    await shot(tab, `${name}-${look}`, viewport.width === 320);
    const overflow = await tab.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    assert.ok(overflow <= 0, `${look}: ${overflow} px too wide`);
    assert.deepEqual(await violations(tab), [], look);
  }
};

/** What axe finds. It runs in a world of its own: the page's policy would not let it in. */
export const violations = async (tab) => {
  const session = await tab.context().newCDPSession(tab);
  const { frameTree } = await session.send("Page.getFrameTree");
  const { executionContextId } = await session.send("Page.createIsolatedWorld", {
    frameId: frameTree.frame.id,
    grantUniveralAccess: true,
  });
  const evaluate = (expression) =>
    session.send("Runtime.evaluate", { expression, contextId: executionContextId, awaitPromise: true, returnByValue: true });
  await evaluate(axe);
  const { result } = await evaluate(
    `axe.run(document, { resultTypes: ["violations"] }).then(({ violations, passes }) => ({
       passed: passes.length,
       violations: violations.map(({ id, nodes }) => id + ": " + nodes.map(({ html }) => html).join(" ")),
     }))`,
  );
  await session.detach();
  assert.ok(result.value?.passed > 5, JSON.stringify(result));
  return result.value.violations;
};
