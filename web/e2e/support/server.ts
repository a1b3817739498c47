import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Child, freePort, required } from "./child.ts";

/** The server under test, on a data folder and port that stay the same when it is restarted. */
export class Server {
  readonly url: string;
  readonly #data: string;
  readonly #settings: Readonly<Record<string, string>>;
  #child: Child | undefined;
  #output = "";

  private constructor(port: number, data: string, settings: Readonly<Record<string, string>>) {
    this.url = `http://127.0.0.1:${port}`;
    this.#data = data;
    this.#settings = settings;
  }

  static async start(settings: Readonly<Record<string, string>>): Promise<Server> {
    const data = await mkdtemp(join(tmpdir(), "evenkeel-browser-"));
    const server = new Server(await freePort(), data, settings);
    await server.start();
    return server;
  }

  /** Starts it (again) and waits until it is ready. */
  async start(): Promise<void> {
    const program = join(required("EVENKEEL_SERVER"), "evenkeel.dll");
    const child = new Child("dotnet", [program, "serve", "--urls", this.url, "--data", this.#data], this.#settings);
    this.#child = child;
    await child.waitUntil(async () => (await fetch(`${this.url}/health/ready`)).ok);
  }

  /** Asks it to stop, as a service manager does. */
  async stop(): Promise<void> {
    await this.#end("SIGTERM");
  }

  /** Takes it away without a word. */
  async kill(): Promise<void> {
    await this.#end("SIGKILL");
  }

  /** Stops it and forgets its data; gives what it logged as errors, which nobody expects. */
  async dispose(): Promise<string[]> {
    // The database of a killed server is stopped by the next one.
    if (!this.#child?.isRunning) await this.start();
    await this.stop();
    await rm(this.#data, { recursive: true, force: true });
    return this.#output.split("\n").filter((line) => /"LogLevel":"(Error|Critical)"/.test(line));
  }

  async #end(signal: "SIGTERM" | "SIGKILL"): Promise<void> {
    await this.#child?.end(signal);
    this.#output += this.#child?.output ?? "";
  }
}
