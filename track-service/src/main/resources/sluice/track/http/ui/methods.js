// What this user can verify with, and add, in this browser.
import { canUsePasskeys } from "./passkey.js";

const usable = (names) => names.split(" ").filter((each) => each !== "" && (each !== "PASSKEY" || canUsePasskeys));

/** Methods that meet the challenge. */
export const methods = usable(document.body.dataset.methods);

/** Methods that an authenticator can be added of. */
export const enrollable = usable(document.body.dataset.enrollable);
