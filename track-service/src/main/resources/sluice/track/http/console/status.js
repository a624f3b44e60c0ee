// The health of the process that served the page, and what its rules lack for want of a feature.
import { byId, element, state } from "./element.js";
import { health } from "./management.js";

const parts = {
  "challenge-service": "judges answers to challenges",
  "known-signals": "knows what was seen across users",
  replies: "hears what was decided",
  "rules-processor": "decides",
  signals: "counts across users",
};

// The data points that are null in rules without a feature (docs/rules.md, and a test that it is these).
const features = {
  places: {
    name: "Database of places",
    there: "Rules know country, time zone and journeys of addresses.",
    missing:
      "SLUICE_PLACES_FILE is not set. Hours and days are in UTC, and rules that ask for these do not match unless they ask for null. Null in rules:",
    unknown: [
      "action.timeZone",
      "ip.countryCode",
      "ip.isCountryNew",
      "ip.kilometresFromLastVerified",
      "ip.speedFromLastVerified",
      "ip.isImpossibleTravel",
      "ip.isAtypicalTravel",
    ],
  },
  anonymousAddresses: {
    name: "Database of anonymous addresses",
    there: "Rules know whether an address is one of a proxy, a VPN or the Tor network.",
    missing: "SLUICE_ANONYMOUS_ADDRESSES_FILE is not set. Null in rules:",
    unknown: ["ip.isAnonymous"],
  },
  mail: {
    name: "Mail server",
    there: "Sluice sends codes and links by e-mail.",
    missing:
      "SLUICE_SMTP_HOST is not set. Codes and links by e-mail are sent only for a tenant that sends them itself, by its webhook.",
    unknown: [],
  },
};

const part = ([name, isReady]) =>
  state(isReady, name, `: ${isReady ? "ready" : "not ready"}${parts[name] ? `; ${parts[name]}` : ""}`);

const feature = ([name, isThere]) => {
  const known = features[name];
  const label = `: ${isThere ? "there" : "not there"}. `;
  if (!known) return state(isThere, name, label);
  const shown = state(isThere, known.name, label, isThere ? known.there : known.missing);
  if (!isThere && known.unknown.length > 0)
    shown.append(element("ul", ...known.unknown.map((point) => element("li", element("code", point)))));
  return shown;
};

/** Asks and shows. */
export const showStatus = async () => {
  const told = await health();
  byId("readiness").textContent = told.status === "ready" ? "Ready" : "Starting, or a part is away";
  byId("parts").replaceChildren(...Object.entries(told.parts).map(part));
  byId("features").replaceChildren(...Object.entries(told.features ?? {}).map(feature));
};
