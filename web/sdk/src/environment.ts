/** The part of the WebSocket interface that is used; browsers, Node and the `ws` package have it. */
export interface WebSocketLike {
  send(data: string): void;
  close(code?: number, reason?: string): void;
  addEventListener(type: "open" | "error", listener: () => void): void;
  addEventListener(type: "message", listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: "close", listener: (event: { readonly code: number; readonly reason: string }) => void): void;
}

/** Opens a WebSocket. */
export type OpenWebSocket = (url: string) => WebSocketLike;

/** The part of XMLHttpRequest that is used. */
export interface XmlHttpRequestLike {
  readonly status: number;
  readonly responseText: string;
  readonly upload: {
    addEventListener(
      type: "progress",
      listener: (event: { readonly loaded: number; readonly total: number }) => void,
    ): void;
  };
  open(method: string, url: string): void;
  setRequestHeader(name: string, value: string): void;
  getResponseHeader(name: string): string | null;
  addEventListener(type: "load" | "error", listener: () => void): void;
  send(body: FormData): void;
  abort(): void;
}

/** Stops a scheduled call. */
export type CancelSchedule = () => void;

/** Everything outside that the library touches. */
export interface Environment {
  readonly fetch: typeof globalThis.fetch;
  readonly openWebSocket: OpenWebSocket;
  /** For uploads, whose progress `fetch` does not tell. */
  readonly newXmlHttpRequest: () => XmlHttpRequestLike;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Calls back once after so many milliseconds. */
  readonly schedule: (callback: () => void, milliseconds: number) => CancelSchedule;
  /** A number from 0 up to 1, for jitter. */
  readonly random: () => number;
  /** A new UUID. */
  readonly newId: () => string;
}

/** The platform's own parts, with what the caller replaces. */
export function createEnvironment(replaced: Partial<Environment>): Environment {
  return {
    fetch: (input, init) => globalThis.fetch(input, init),
    openWebSocket: (url) => new globalThis.WebSocket(url),
    newXmlHttpRequest: () => new globalThis.XMLHttpRequest(),
    now: () => Date.now(),
    schedule: (callback, milliseconds) => {
      const timer = globalThis.setTimeout(callback, milliseconds);
      return () => globalThis.clearTimeout(timer);
    },
    random: () => Math.random(),
    newId: createRandomId,
    ...replaced,
  };
}

/** Waits; an abort ends the wait at once by rejecting with the signal's reason. */
export function wait(environment: Environment, milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const abort = () => {
      cancel();
      reject(signal?.reason);
    };
    const cancel = environment.schedule(() => {
      signal?.removeEventListener("abort", abort);
      resolve();
    }, milliseconds);
    signal?.addEventListener("abort", abort, { once: true });
  });
}

/** UUID version 4. `crypto.randomUUID` is missing on pages served over plain HTTP from another machine. */
export function createRandomId(): string {
  const bytes = globalThis.crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const text = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return text.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
