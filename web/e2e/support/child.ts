import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";

/** A program that runs beside the tests, with what it said. */
export class Child {
  readonly #process: ChildProcess;
  readonly #ended: Promise<void>;
  #output = "";

  constructor(command: string, args: readonly string[], env: Readonly<Record<string, string>>) {
    this.#process = spawn(command, args, { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
    this.#ended = new Promise((resolve) => this.#process.once("exit", () => resolve()));
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream?.on("data", (part) => {
        this.#output += part;
      });
    }
  }

  get output(): string {
    return this.#output;
  }

  get isRunning(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null;
  }

  /** Waits until `check` succeeds; a program that ends before says why. */
  async waitUntil(check: () => Promise<boolean>): Promise<void> {
    const deadline = Date.now() + 90_000;
    while (!(await check().catch(() => false))) {
      if (!this.isRunning) throw new Error(`The program ended:\n${this.#output}`);
      if (Date.now() > deadline) throw new Error(`The program is not ready after 90 s:\n${this.#output}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async end(signal: "SIGTERM" | "SIGKILL"): Promise<void> {
    this.#process.kill(signal);
    await this.#ended;
  }
}

/** A port nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("No port.");
  return address.port;
}

/** A setting that ./test gives. */
export function required(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set; run ./test browser.`);
  return value;
}
