import { EvenkeelError, NetworkError } from "@evenkeel/sdk";
import i18next from "i18next";

/** A failure as a person sees it: what happened and what to do, and the code that lets support find it. */
export interface Problem {
  message: string;
  supportCode: string | null;
  isRetryable: boolean;
  retryAfterSeconds: number | null;
}

/** Puts any failure into words. The server's text is already localized; ours stands in where no server answered. */
export function describeProblem(error: unknown): Problem {
  if (error instanceof NetworkError) {
    return { message: i18next.t("failure.network"), supportCode: null, isRetryable: true, retryAfterSeconds: null };
  }
  if (error instanceof EvenkeelError) {
    return {
      message: error.message === "" ? i18next.t("failure.unknown") : error.message,
      // A mistyped password is nothing to call support for.
      supportCode: error.code === "auth_failed" ? null : error.correlationId,
      isRetryable: error.retryable,
      retryAfterSeconds: error.retryAfterSeconds,
    };
  }
  return { message: i18next.t("failure.unknown"), supportCode: null, isRetryable: true, retryAfterSeconds: null };
}
