import type { XmlHttpRequestLike } from "../../src/environment.ts";

type Progress = { readonly loaded: number; readonly total: number };

/** An upload whose progress and answer a test decides. */
export class ScriptedUpload implements XmlHttpRequestLike {
  status = 0;
  responseText = "";
  url = "";
  isAborted = false;
  body: FormData | null = null;
  readonly headers: Record<string, string> = {};
  readonly upload = {
    addEventListener: (_: "progress", listener: (event: Progress) => void) => this.#onProgress.push(listener),
  };
  readonly #onProgress: ((event: Progress) => void)[] = [];
  readonly #listeners: { readonly type: "load" | "error"; readonly listener: () => void }[] = [];

  open(_method: string, url: string): void {
    this.url = url;
  }

  setRequestHeader(name: string, value: string): void {
    this.headers[name] = value;
  }

  getResponseHeader(name: string): string | null {
    return name === "content-type" ? "application/json" : null;
  }

  addEventListener(type: "load" | "error", listener: () => void): void {
    this.#listeners.push({ type, listener });
  }

  send(body: FormData): void {
    this.body = body;
  }

  abort(): void {
    this.isAborted = true;
  }

  progress(loaded: number, total: number): void {
    for (const listener of this.#onProgress) listener({ loaded, total });
  }

  answer(status: number, body: object): void {
    this.status = status;
    this.responseText = JSON.stringify(body);
    this.#emit("load");
  }

  fail(): void {
    this.#emit("error");
  }

  #emit(type: "load" | "error"): void {
    for (const one of this.#listeners) if (one.type === type) one.listener();
  }
}
