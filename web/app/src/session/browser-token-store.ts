import { parseStoredTokens, type StoredTokens, type TokenStore } from "@evenkeel/sdk";

const key = "evenkeel.tokens";

/** Tokens in the browser's storage, shared by all tabs: signing in or out in one holds for all. */
export function createBrowserTokenStore(storage: Storage, page: Window): TokenStore {
  const listeners = new Set<() => void>();
  // Where storage refuses to write (full, private mode) the session lives as long as the page.
  let unsaved: StoredTokens | null = null;
  const announce = () => {
    for (const listener of [...listeners]) listener();
  };
  page.addEventListener("storage", (event) => {
    if (event.key === key || event.key === null) announce();
  });
  return {
    get: () => unsaved ?? read(storage),
    set(tokens) {
      unsaved = write(storage, tokens) ? null : tokens;
      announce();
    },
    clear() {
      unsaved = null;
      remove(storage);
      announce();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function read(storage: Storage): StoredTokens | null {
  try {
    return parseStoredTokens(JSON.parse(storage.getItem(key) ?? "null"));
  } catch {
    return null;
  }
}

function write(storage: Storage, tokens: StoredTokens): boolean {
  try {
    storage.setItem(key, JSON.stringify(tokens));
    return true;
  } catch {
    return false;
  }
}

function remove(storage: Storage): void {
  try {
    storage.removeItem(key);
  } catch {
    // Nothing was kept there.
  }
}
