import { type ErrorLanguage, EvenkeelError, errorDefinition, type MessageError } from "@evenkeel/sdk";
import type { TFunction } from "i18next";

/** A failure: which one, and what lets support find it. Its words come from `problemTexts`, in the language of the page. */
export interface Problem {
  code: string;
  /** What the server said, in the language asked for then. */
  serverText: string;
  /** What the server said of single fields, in the language asked for then. */
  fieldTexts: readonly string[];
  supportCode: string | null;
  isRetryable: boolean;
  retryAfterSeconds: number | null;
}

/** What a person is told. */
export interface ProblemTexts {
  text: string;
  /** What to do; null where the text says it all. */
  action: string | null;
}

/** Makes a problem of any failure. */
export function describeProblem(error: unknown): Problem {
  if (!(error instanceof EvenkeelError)) {
    return {
      code: "unexpected",
      serverText: "",
      fieldTexts: [],
      supportCode: null,
      isRetryable: true,
      retryAfterSeconds: null,
    };
  }
  return {
    code: error.code,
    serverText: error.message,
    fieldTexts: error.fieldErrors.map(({ message }) => message),
    supportCode: hasSupport(error.code) ? error.correlationId : null,
    isRetryable: error.retryable,
    retryAfterSeconds: error.retryAfterSeconds,
  };
}

/** Makes a problem of the error that stands in a conversation. */
export function describeStoredProblem(error: MessageError | undefined): Problem {
  return {
    code: error?.error_code ?? "unexpected",
    serverText: error?.error ?? "",
    fieldTexts: [],
    supportCode: error?.correlation_id ?? null,
    isRetryable: error?.retryable ?? true,
    retryAfterSeconds: error?.retry_after_s ?? null,
  };
}

/** The contract's words for a code in the language of the page; for a code not known here, those of the server. */
export function problemTexts(problem: Problem, t: TFunction, language: string): ProblemTexts {
  // Said in the chatbot's own voice, which no table knows.
  if (problem.code === "content_blocked" && problem.serverText !== "")
    return { text: problem.serverText, action: null };
  if (problem.code === "network_error") return { text: t("failure.network"), action: t("failure.network_action") };
  // More exact than that something is not right.
  if (problem.fieldTexts.length > 0) return { text: problem.fieldTexts.join(" "), action: null };
  const definition = errorDefinition(problem.code);
  const spoken: ErrorLanguage = language.startsWith("zh") ? "zh" : "en";
  if (definition !== null) return { text: definition.text[spoken], action: definition.action[spoken] };
  // What this library made itself is not for people.
  const isFromServer = problem.serverText !== "" && problem.code !== "invalid_response";
  return isFromServer
    ? { text: problem.serverText, action: null }
    : { text: t("failure.unknown"), action: t("failure.unknown_action") };
}

// A mistyped password, or no network, is nothing to call support for.
function hasSupport(code: string): boolean {
  return code !== "auth_failed" && code !== "network_error";
}
