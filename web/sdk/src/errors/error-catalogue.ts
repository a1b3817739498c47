import { errors } from "../generated/errors.ts";

/** The stable codes of the wire contract. */
export type ContractErrorCode = keyof typeof errors;

/** Languages the contract's texts are in. */
export type ErrorLanguage = "en" | "zh";

/** What one may do: nothing, the same again now, again after the wait, again after a token refresh, or sign in. */
export type RetryAdvice = "no" | "yes" | "wait" | "after_refresh" | "sign_in";

/** One row of the contract's table of errors. */
export interface ErrorDefinition {
  /** HTTP status; null where the code never stands in an HTTP response. */
  readonly status: number | null;
  readonly retry: RetryAdvice;
  readonly retryable: boolean;
  readonly severity: "critical" | "error" | "warning" | "info";
  /** What happened. */
  readonly text: Readonly<Record<ErrorLanguage, string>>;
  /** What the person can do about it. */
  readonly action: Readonly<Record<ErrorLanguage, string>>;
}

/** The contract's table of errors, made from the server's OpenAPI document. */
export const errorCatalogue: Readonly<Record<ContractErrorCode, ErrorDefinition>> = errors;

/** The row of a code; null for one that a newer server sends and this version does not know. */
export function errorDefinition(code: string): ErrorDefinition | null {
  return Object.hasOwn(errorCatalogue, code) ? errorCatalogue[code as ContractErrorCode] : null;
}
