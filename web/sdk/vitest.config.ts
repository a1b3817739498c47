import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    environment: "node",
    // The soak test is seconds of work on a quiet machine, and ./test compiles beside it: slow is not wrong.
    testTimeout: 60_000,
  },
});
