// Elements of the page. Whatever is shown is set as text, never as markup.

/** The element of that id. */
export const byId = (id) => document.getElementById(id);

/** A new element with text or elements in it. */
export const element = (name, ...content) => {
  const made = document.createElement(name);
  made.append(...content);
  return made;
};

/** A name with a state: what is well and what is not differ in their mark, not by colour alone. */
export const state = (isWell, name, ...content) => {
  const made = element("li", element("strong", name), ...content);
  made.dataset.well = String(isWell);
  return made;
};

/** Pairs of a term and what is said of it; those with nothing to say are left out. */
export const facts = (pairs) =>
  element(
    "dl",
    ...pairs
      .filter(([, value]) => value !== undefined)
      .flatMap(([term, value]) => [element("dt", term), element("dd", value)]),
  );

/** A number of things, as English has it. */
export const count = (number, one, many = `${one}s`) => `${number.toLocaleString("en")} ${number === 1 ? one : many}`;

/** Does something that may be refused, and says at a place of the page why if it is. */
export const attempt = async (place, action) => {
  byId(place).textContent = "";
  try {
    await action();
    return true;
  } catch (error) {
    byId(place).textContent = error.message;
    return false;
  }
};
