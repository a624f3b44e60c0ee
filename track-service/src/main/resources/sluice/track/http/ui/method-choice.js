// The choice among the methods that the user has, and the way back to it from each.
import { all, show } from "./screen.js";

const methods = document.body.dataset.methods.split(" ");

for (const button of all("[data-method]")) {
  button.hidden = !methods.includes(button.dataset.method);
  button.addEventListener("click", () => show(button.dataset.opens));
}
for (const button of all("[data-other-way]")) {
  button.hidden = methods.length < 2;
  button.addEventListener("click", () => show("method-choice"));
}
