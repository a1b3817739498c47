import type { SessionState } from "../session/session-state.ts";

const home = "/chat";

/** What to put behind the sign-in page's address so that it leads back to where one was. */
export function returnSearch(from: { pathname: string; search: string }, state: SessionState): string {
  // Who left on purpose starts afresh; the next person may be somebody else.
  if (state === "left") return "";
  const search = new URLSearchParams();
  const address = from.pathname + from.search;
  if (address !== home) search.set("next", address);
  if (state === "expired") search.set("expired", "1");
  const text = search.toString();
  return text === "" ? "" : `?${text}`;
}

/** Where to go after signing in. Only addresses of our own pages: a link must not lead people elsewhere. */
export function returnAddress(search: string, origin: string): string {
  const next = new URLSearchParams(search).get("next");
  if (next === null || !next.startsWith("/")) return home;
  try {
    const url = new URL(next, origin);
    return url.origin === origin ? url.pathname + url.search : home;
  } catch {
    return home;
  }
}
