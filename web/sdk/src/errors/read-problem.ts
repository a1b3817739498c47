import type { ErrorEnvelope, FieldError } from "../wire/rest.ts";
import type { ContractErrorCode } from "./error-catalogue.ts";
import { createError, type EvenkeelError } from "./evenkeel-error.ts";

const codesByStatus: Readonly<Record<number, ContractErrorCode>> = {
  400: "invalid_request",
  401: "auth_required",
  402: "insufficient_credits",
  403: "forbidden",
  404: "not_found",
  409: "conflict",
  413: "invalid_request",
  422: "invalid_request",
  429: "rate_limited",
};

/** Turns a failed response into an error; also one made by a proxy, which knows nothing of our envelope. */
export async function readProblem(response: Response, correlationId: string): Promise<EvenkeelError> {
  const envelope = await readEnvelope(response);
  const status = response.status;
  return createError({
    code: envelope.error_code ?? codesByStatus[status] ?? "server_error",
    message: envelope.message ?? (response.statusText || `HTTP ${status}`),
    status,
    retryable: envelope.retryable ?? (status >= 500 || status === 429),
    retryAfterSeconds: envelope.retry_after_s ?? retryAfterHeader(response),
    correlationId: envelope.correlation_id ?? response.headers.get("x-correlation-id") ?? correlationId,
    fieldErrors: Array.isArray(envelope.details) ? envelope.details.filter(isFieldError) : [],
  });
}

async function readEnvelope(response: Response): Promise<Partial<ErrorEnvelope>> {
  try {
    const body: unknown = await response.json();
    if (typeof body !== "object" || body === null) return {};
    // A problem that is not ours (a proxy's) may use the same member names for something else.
    return "error_code" in body && typeof body.error_code === "string" ? (body as Partial<ErrorEnvelope>) : {};
  } catch {
    return {};
  }
}

function isFieldError(value: unknown): value is FieldError {
  return typeof value === "object" && value !== null && "field" in value && "message" in value;
}

function retryAfterHeader(response: Response): number | undefined {
  const seconds = Number(response.headers.get("retry-after") ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds : undefined;
}
