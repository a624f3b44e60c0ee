// The screens of the page, of which one is shown. Each has a template of its own, and a script if it does anything.
const openings = new Map();

export const all = (selector, within = document) => [...within.querySelectorAll(selector)];
export const screen = (name) => document.querySelector(`[data-screen="${name}"]`);
export const shownScreen = () => all("[data-screen]").find((each) => !each.hidden);

/** What a screen does whenever it is opened. */
export const whenOpened = (name, open) => openings.set(name, open);

/** Shows a screen in place of the one before, and leads the reader there. */
export const show = (name) => {
  for (const each of all("[data-screen]")) each.hidden = each.dataset.screen !== name;
  const heading = shownScreen().querySelector("h1");
  document.title = heading.textContent;
  (shownScreen().querySelector("[data-focus]") ?? heading).focus();
  openings.get(name)?.();
};

/** Opens the screen that the server has chosen to be shown first. */
export const openFirst = () => {
  shownScreen().querySelector("[data-focus]")?.focus();
  openings.get(shownScreen().dataset.screen)?.();
};
