import type { WebSocketLike } from "../../src/environment.ts";

type Listener = (event: { readonly data: unknown; readonly code: number; readonly reason: string }) => void;

/** A socket whose other end a test plays. */
export class ScriptedSocket implements WebSocketLike {
  readonly url: URL;
  readonly sent: unknown[] = [];
  isClosed = false;
  readonly #listeners: { readonly type: string; readonly listener: Listener }[] = [];

  constructor(url: string) {
    this.url = new URL(url);
  }

  send(data: string): void {
    this.sent.push(JSON.parse(data));
  }

  close(): void {
    this.isClosed = true;
  }

  addEventListener(type: string, listener: (...given: never[]) => void): void {
    this.#listeners.push({ type, listener: listener as unknown as Listener });
  }

  /** The handshake is done. */
  open(): void {
    this.#emit("open", {});
  }

  /** A frame arrives. */
  say(frame: object): void {
    this.#emit("message", { data: JSON.stringify(frame) });
  }

  /** The other end closes. */
  end(code: number): void {
    this.#emit("close", { code, reason: "" });
  }

  #emit(type: string, event: object): void {
    for (const one of this.#listeners) if (one.type === type) one.listener(event as Parameters<Listener>[0]);
  }
}
