import { Child, freePort, required } from "./child.ts";

/** How the model answers; see `scripted-model --help`. */
export interface Behaviour {
  kind: "answer" | "server_error" | "rate_limit" | "gated" | "cut" | "hang";
  text?: string;
  after_tokens?: number;
  status?: number;
  retry_after_s?: number;
  times?: number;
}

/** A model that answers as told, over HTTP like a real one. */
export class ScriptedModel {
  readonly url: string;
  readonly #child: Child;

  private constructor(url: string, child: Child) {
    this.url = url;
    this.#child = child;
  }

  static async start(): Promise<ScriptedModel> {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const child = new Child("dotnet", [required("EVENKEEL_SCRIPTED_MODEL"), "--port", String(port)], {});
    await child.waitUntil(async () => (await fetch(`${url}/v1/models`)).ok);
    return new ScriptedModel(url, child);
  }

  /** Questions with `match` in them are answered so; earlier scripts come first. */
  async play(match: string, behaviour: Behaviour): Promise<void> {
    await this.#control("script", { match, behaviour });
  }

  /** The next answer to such a question stops after some words until `release`. */
  async hold(match: string, text: string, afterTokens: number): Promise<void> {
    await this.play(match, { kind: "gated", text, after_tokens: afterTokens, times: 1 });
  }

  /** Waits until an answer stands at the newest gate. */
  async waitUntilHeld(): Promise<void> {
    await this.#control("wait-held");
  }

  async release(): Promise<void> {
    await this.#control("release");
  }

  async reset(): Promise<void> {
    await this.#control("reset");
  }

  async dispose(): Promise<void> {
    await this.#child.end("SIGTERM");
  }

  async #control(action: string, body?: object): Promise<void> {
    const response = await fetch(`${this.url}/control/${action}`, {
      method: "POST",
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${action}: ${response.status} ${await response.text()}`);
  }
}
