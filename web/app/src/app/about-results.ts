/** Results of a search that a chat is about. */
export interface AboutResults {
  handle: string;
  count: number;
}

const handleName = "about";
const countName = "about_count";

/** Address of a new chat about results. */
export function aboutAddress({ handle, total }: { handle: string; total: number }): string {
  return `/chat?${new URLSearchParams({ [handleName]: handle, [countName]: String(total) })}`;
}

/** The results that an address says the chat is about. */
export function readAbout(search: URLSearchParams): AboutResults | undefined {
  const handle = search.get(handleName);
  if (handle === null || handle === "") return undefined;
  const count = Number(search.get(countName));
  return { handle, count: Number.isSafeInteger(count) && count > 0 ? count : 0 };
}

/** The part of an address behind its path, with results of `from` and nothing else. */
export function keepAbout(from: URLSearchParams): URLSearchParams {
  const kept = new URLSearchParams();
  for (const name of [handleName, countName]) {
    const value = from.get(name);
    if (value !== null) kept.set(name, value);
  }
  return kept;
}

/** The part of an address behind its path, without the results. */
export function withoutAbout(from: URLSearchParams): URLSearchParams {
  const rest = new URLSearchParams(from);
  for (const name of [handleName, countName]) rest.delete(name);
  return rest;
}
