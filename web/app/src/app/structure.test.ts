import { describe, expect, it } from "vitest";

const sources = import.meta.glob<string>("../**/*.{ts,tsx}", { query: "?raw", import: "default", eager: true });
const imports = (text: string) =>
  [...text.matchAll(/from "([^"]+)"|import\("([^"]+)"\)/g)].map((one) => one[1] ?? one[2] ?? "");

describe("the source folders", () => {
  it("let no feature import another feature", () => {
    const crossing = Object.entries(sources).flatMap(([path, text]) => {
      const feature = /\/features\/([^/]+)\//.exec(path)?.[1];
      if (feature === undefined) return [];
      return imports(text)
        .filter((target) => /^\.\.\/(?!\.\.)/.test(target) || target.includes("/features/"))
        .map((target) => `${path} imports ${target}`);
    });
    expect(crossing).toEqual([]);
  });

  it("let nothing but the application's own folder import from it", () => {
    const upward = Object.entries(sources)
      .filter(([path]) => !path.startsWith("./") && !path.startsWith("../app/") && path !== "../main.tsx")
      .flatMap(([path, text]) =>
        imports(text)
          .filter((target) => target.includes("/app/"))
          .map((target) => `${path} imports ${target}`),
      );
    expect(upward).toEqual([]);
  });

  it("reach the server only through the client library", () => {
    const calls = Object.entries(sources)
      .filter(([path]) => !path.endsWith(".test.ts") && !path.endsWith(".test.tsx"))
      .filter(([, text]) => /\bfetch\(|new WebSocket\(|XMLHttpRequest|EventSource/.test(text))
      .map(([path]) => path);
    expect(calls).toEqual([]);
  });
});
