// A form for one code or the like, as several screens have it: it is checked, tried once at a time, and refused beside its field.
import { fail } from "./journey.js";
import { show } from "./screen.js";
import { text } from "./text.js";

/**
 * @param {HTMLFormElement} form with a field `code`, an element of class `error` and a button of class `primary`
 * @param {{pattern: RegExp, malformed: string, invalid: string, unavailable?: string,
 *   attempt: (code: string) => Promise<{isVerified: boolean, accessToken?: string, failureReason?: string}>,
 *   verified: (accessToken: string) => void}} options texts by their ids; `pattern` without blanks
 */
export const codeForm = (form, { pattern, malformed, invalid, unavailable, attempt, verified }) => {
  const input = form.elements.code;
  const error = form.querySelector(".error");

  const refuse = (sentence) => {
    error.textContent = sentence;
    input.setAttribute("aria-invalid", "true");
    input.focus();
    input.select();
  };

  onSubmit(form, async () => {
    input.removeAttribute("aria-invalid");
    const code = input.value.replace(/\s/g, "");
    if (!pattern.test(code)) return refuse(text(malformed));
    try {
      const { isVerified, accessToken, failureReason } = await attempt(code);
      if (isVerified) verified(accessToken);
      else if (failureReason === "MAX_ATTEMPTS_EXCEEDED") show("failed");
      else refuse(text(invalid));
    } catch (fault) {
      fail(fault, (each) => refuse(sentenceOf(each, unavailable)));
    }
  });
};

/** Makes an attempt whenever a form is sent, one at a time: a second press would be a second attempt. */
export const onSubmit = (form, attempt) => {
  const button = form.querySelector(".primary");
  let isBusy = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isBusy) return;
    isBusy = true;
    button.setAttribute("aria-disabled", "true");
    form.querySelector(".error").textContent = "";
    try {
      await attempt();
    } finally {
      button.removeAttribute("aria-disabled");
      isBusy = false;
    }
  });
};

/** What to say of a call that did not go well; `unavailable` is the id of the text where nothing else is known. */
export const sentenceOf = ({ status, retryAfterSeconds = 60 }, unavailable = "code-error.unavailable") => {
  if (status !== 429) return text(unavailable);
  const minutes = Math.ceil(retryAfterSeconds / 60);
  return minutes === 1 ? text("code-error.tooOften") : text("code-error.tooOftenMinutes", { minutes });
};
