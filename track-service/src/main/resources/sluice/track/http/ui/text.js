// The texts that scripts set, in the reader's language and the tenant's words; the page itself has the others.
const texts = JSON.parse(document.body.dataset.texts);

/** A text with its placeholders filled. It is set as text, never as markup. */
export const text = (id, values = {}) =>
  texts[id].replace(/\{(\w+)}/g, (whole, name) => (Object.hasOwn(values, name) ? values[name] : whole));
