import { defineConfig, devices } from "@playwright/test";
import type { WorkerOptions } from "./support/test.ts";

/**
 * Real Chromium against the real server. One worker and no retries: a test that needs a second try is a bug.
 * EVENKEEL_SERVER and EVENKEEL_SCRIPTED_MODEL say where the built programs are; ./test sets them.
 */
export default defineConfig<object, WorkerOptions>({
  testDir: ".",
  testMatch: "*.spec.ts",
  outputDir: "../../artifacts/test-results/browser",
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 45_000,
  // Two cores shared with a database and a browser: slow is not wrong. Nothing waits longer than it has to.
  expect: { timeout: 20_000 },
  use: {
    ...devices["Desktop Chrome"],
    locale: "en-US",
    viewport: { width: 1280, height: 800 },
    trace: "retain-on-failure",
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
