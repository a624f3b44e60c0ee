// The choice among the methods that can be added, and the way back to it from each.
import { enrollable } from "./methods.js";
import { all, show } from "./screen.js";

for (const button of all("[data-enrolls]")) {
  button.hidden = !enrollable.includes(button.dataset.enrolls);
  button.addEventListener("click", () => show(button.dataset.opens));
}
for (const button of all("[data-other-enrollment]")) {
  button.hidden = enrollable.length < 2;
  button.addEventListener("click", () => show("enrollment-choice"));
}
