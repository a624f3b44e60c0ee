/**
 * Copies what an element shows, or the text given instead.
 *
 * @returns {Promise<boolean>} false where the browser has no clipboard for the page (none without TLS, or none for a
 *   frame): what is shown is then left selected, to be copied by hand
 */
export const copied = async (element, instead = element.textContent) => {
  try {
    await navigator.clipboard.writeText(instead);
    return true;
  } catch {
    getSelection().selectAllChildren(element);
    return false;
  }
};
