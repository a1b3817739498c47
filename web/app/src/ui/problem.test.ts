import { createError, errorCatalogue } from "@evenkeel/sdk";
import i18next from "i18next";
import { describe, expect, it } from "vitest";
import { describeProblem, describeStoredProblem, problemTexts } from "./problem.ts";

const t = i18next.t;
const facts = { message: "The server's words.", status: 503, retryable: true, correlationId: "c1" };

describe("a problem", () => {
  it("is told in the language of the page, whatever language the server answered in", () => {
    for (const [code, { text, action }] of Object.entries(errorCatalogue)) {
      if (code === "content_blocked") continue;
      const problem = describeProblem(createError({ ...facts, code }));
      expect(problemTexts(problem, t, "en")).toEqual({ text: text.en, action: action.en });
      expect(problemTexts(problem, t, "zh")).toEqual({ text: text.zh, action: action.zh });
    }
  });

  it("of a code not known here is told in the words of the server", () => {
    const problem = describeProblem(createError({ ...facts, code: "from_the_future" }));
    expect(problemTexts(problem, t, "zh")).toEqual({ text: "The server's words.", action: null });
    expect(problem).toMatchObject({ supportCode: "c1", isRetryable: true });
  });

  it("of fields is told as what is wrong with them", () => {
    const fieldErrors = [
      { field: "text", message: "文本过长。" },
      { field: "title", message: "标题过长。" },
    ];
    const problem = describeProblem(createError({ ...facts, code: "invalid_request", fieldErrors }));
    expect(problemTexts(problem, t, "zh")).toEqual({ text: "文本过长。 标题过长。", action: null });
  });

  it("that is a refusal in the chatbot's voice keeps that voice", () => {
    const error = {
      error_code: "content_blocked",
      error: "Arr, not on my ship.",
      retryable: false,
      correlation_id: "c",
    };
    expect(problemTexts(describeStoredProblem(error), t, "zh").text).toBe("Arr, not on my ship.");
    const silent = describeStoredProblem({ ...error, error: "" });
    expect(problemTexts(silent, t, "en").text).toBe(errorCatalogue.content_blocked.text.en);
  });

  it("never shows what is not meant for people", () => {
    for (const error of [new TypeError("x is undefined"), createError({ ...facts, code: "invalid_response" })]) {
      expect(problemTexts(describeProblem(error), t, "en").text).toMatch(/unexpected/);
    }
    expect(problemTexts(describeStoredProblem(undefined), t, "en").text).toMatch(/unexpected/);
  });

  it("that support cannot help with has no support code", () => {
    expect(describeProblem(createError({ ...facts, code: "auth_failed" })).supportCode).toBeNull();
    expect(describeProblem(createError({ ...facts, code: "network_error" })).supportCode).toBeNull();
  });
});
