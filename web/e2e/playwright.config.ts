import { defineConfig, devices } from "@playwright/test";
import type { WorkerOptions } from "./support/test.ts";

/**
 * Real Chromium against the real server. No retries: a test that needs a second try is a bug. Two workers, each with a server of its
 * own, because a test mostly waits: for the page, the server, a countdown. More of them would only take the two cores from each other.
 * EVENKEEL_SERVER and EVENKEEL_SCRIPTED_MODEL say where the built programs are; ./test sets them.
 */
export default defineConfig<object, WorkerOptions>({
  testDir: ".",
  testMatch: "*.spec.ts",
  outputDir: "../../artifacts/test-results/browser",
  workers: 2,
  retries: 0,
  forbidOnly: true,
  timeout: 45_000,
  // Two cores shared with a database and a browser: slow is not wrong. Nothing waits longer than it has to.
  expect: { timeout: 20_000 },
  use: {
    ...devices["Desktop Chrome"],
    locale: "en-US",
    viewport: { width: 1280, height: 800 },
    // Without the film, which costs every test that passes; the pictures of the page at every step stay.
    trace: { mode: "retain-on-failure", screenshots: false },
    launchOptions: {
      executablePath: process.env["EVENKEEL_CHROMIUM"] ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
