import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createError, EvenkeelError, errorCatalogue, errorDefinition } from "../src/index.ts";

const document = JSON.parse(readFileSync(new URL("../../../docs/openapi.json", import.meta.url), "utf8"));

describe("the table of errors", () => {
  it("is the one the server publishes", () => {
    expect(errorCatalogue).toEqual(document["x-error-catalogue"]);
  });

  it("gives every error a class of its own", () => {
    for (const code of Object.keys(errorCatalogue)) {
      const error = createError({ code, message: "", status: 0, retryable: false });
      expect(error.constructor, code).not.toBe(EvenkeelError);
    }
  });

  it("knows nothing of codes that are not in it", () => {
    expect(errorDefinition("some_later_code")).toBeNull();
    expect(errorDefinition("toString")).toBeNull();
    expect(createError({ code: "toString", message: "", status: 0, retryable: false })).toBeInstanceOf(EvenkeelError);
  });
});
