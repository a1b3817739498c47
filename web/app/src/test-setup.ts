import { cleanup } from "@testing-library/react";
import { afterEach, beforeAll } from "vitest";
import { startTranslation } from "./i18n/i18n.ts";

beforeAll(() => startTranslation("en"));

afterEach(() => {
  cleanup();
  localStorage.clear();
});
