/**
 * The URL with the token added to its query. What was there stays as it was written, but for an older token: whoever
 * reads the first of two would read that one.
 *
 * @param {string} url an http or https URL
 * @returns {string | null} null where the URL is none of those: a script's would run here
 */
export const withToken = (url, token) => {
  const target = parsed(url);
  if (!target) return null;
  const kept = target.search
    .slice(1)
    .split("&")
    .filter((parameter) => parameter !== "" && parameter.split("=")[0] !== "token");
  target.search = [...kept, `token=${encodeURIComponent(token)}`].join("&");
  return target.href;
};

/** Its origin, null where it has none to send to. */
export const originOf = (url) => parsed(url)?.origin ?? null;

const parsed = (url) => {
  try {
    const result = new URL(url);
    return ["http:", "https:"].includes(result.protocol) ? result : null;
  } catch {
    return null;
  }
};
