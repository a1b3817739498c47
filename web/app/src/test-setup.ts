import { cleanup, configure } from "@testing-library/react";
import { afterEach, beforeAll } from "vitest";
import { startTranslation } from "./i18n/i18n.ts";

// Mantine's growing text field waits for fonts, which the test page does not know.
Object.defineProperty(document, "fonts", { value: new EventTarget() });

// What is waited for comes late on a machine that compiles meanwhile.
configure({ asyncUtilTimeout: 20_000 });

beforeAll(() => startTranslation("en"));

afterEach(() => {
  cleanup();
  localStorage.clear();
});
