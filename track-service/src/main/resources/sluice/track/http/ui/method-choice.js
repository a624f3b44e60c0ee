// The choice among the methods that the user has, and the way back to it from each.
import { methods } from "./methods.js";
import { all, show } from "./screen.js";

const buttons = all("[data-method]").filter((each) => methods.includes(each.dataset.method));

for (const button of buttons) {
  button.hidden = false;
  button.addEventListener("click", () => show(button.dataset.opens));
}
for (const button of all("[data-other-way]")) {
  button.hidden = methods.length < 2;
  button.addEventListener("click", () => show("method-choice"));
}

/** Where the method that comes first can't be used: the one that can, or a choice. */
export const showAnotherWay = () => {
  if (buttons.length > 1) show("method-choice");
  else show(buttons.length === 1 ? buttons[0].dataset.opens : "unsupported");
};
