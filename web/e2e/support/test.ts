import { test as base, expect } from "@playwright/test";
import { Chat } from "./chat.ts";
import { Network } from "./network.ts";
import { type Person, register, signedInState } from "./person.ts";
import { ScriptedModel } from "./scripted-model.ts";
import { Server } from "./server.ts";

export interface WorkerOptions {
  /** Settings of the server beyond the usual. */
  settings: Readonly<Record<string, string>>;
}

interface WorkerParts extends WorkerOptions {
  model: ScriptedModel;
  server: Server;
}

interface TestParts {
  /** Whether the browser starts with somebody signed in. */
  isSignedIn: boolean;
  /** Whether the browser reaches the server through `network`, which can be pulled. */
  isCuttable: boolean;
  network: Network;
  /** The account of this test. */
  person: Person;
  chat: Chat;
  /** Closes what one test left open for the next. */
  cleanModel: undefined;
}

/** A test with a running server, a model under its control, and a person. */
export const test = base.extend<TestParts, WorkerParts>({
  settings: [{}, { option: true, scope: "worker" }],
  model: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to see what is needed.
    async ({}, use) => {
      const model = await ScriptedModel.start();
      await use(model);
      await model.dispose();
    },
    { scope: "worker" },
  ],
  server: [
    async ({ model, settings }, use) => {
      const server = await Server.start({
        Models__Chat__Provider: "openai",
        Models__Chat__Endpoint: `${model.url}/v1`,
        Models__Chat__Model: "scripted",
        // A scripted failure is the turn's, unless a test is about what follows it.
        Models__Chat__Retries: "0",
        Models__Chat__ExtractiveFallback: "false",
        // Every test registers an organization of its own.
        Accounts__Operators: "EveryOrganization",
        ...settings,
      });
      await use(server);
      expect(await server.dispose()).toEqual([]);
    },
    { scope: "worker", timeout: 120_000 },
  ],
  isSignedIn: [true, { option: true }],
  isCuttable: [false, { option: true }],
  network: async ({ server }, use) => {
    const network = await Network.start(server.url);
    await use(network);
    await network.dispose();
  },
  baseURL: ({ server, network, isCuttable }, use) => use(isCuttable ? network.url : server.url),
  person: async ({ server }, use) => use(await register(server.url)),
  storageState: async ({ baseURL, isSignedIn, person }, use) =>
    use(isSignedIn && baseURL !== undefined ? signedInState(baseURL, person) : undefined),
  chat: ({ page }, use) => use(new Chat(page)),
  cleanModel: [
    async ({ model }, use) => {
      await use(undefined);
      await model.reset();
    },
    { auto: true },
  ],
});
