import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const server = "http://127.0.0.1:8080";

export default defineConfig({
  plugins: [react()],
  build: { target: "es2022", assetsInlineLimit: 0, chunkSizeWarningLimit: 600 },
  server: {
    proxy: {
      "/api": server,
      "/auth": server,
      "/ws": { target: server, ws: true },
    },
  },
  // Tests are seconds of work on a quiet machine, and ./test compiles beside them: slow is not wrong.
  test: { environment: "happy-dom", setupFiles: ["src/test-setup.ts"], restoreMocks: true, testTimeout: 60_000 },
});
