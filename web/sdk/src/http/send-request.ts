import type { Environment } from "../environment.ts";
import { createError } from "../errors/evenkeel-error.ts";
import { readProblem } from "../errors/read-problem.ts";
import { traceparentOf } from "./traceparent.ts";

/** One HTTP request as the library describes it. */
export interface RequestSpec {
  readonly method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  readonly path: string;
  /** Several values of a name stand one after the other. */
  readonly query?: Readonly<Record<string, string | number | readonly string[] | undefined>> | undefined;
  readonly body?: unknown;
  readonly accept?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly correlationId?: string | undefined;
  /** Statuses that are an answer here and not a failure, when their body is JSON and no problem. */
  readonly answersWith?: readonly number[];
  readonly signal?: AbortSignal | undefined;
}

/** Sends one request with this access token (null = none) and gives a successful response, or throws an EvenkeelError. */
export type SendRequest = (spec: RequestSpec, accessToken: string | null) => Promise<Response>;

/** Where and how to send. */
export interface SendRequestOptions {
  readonly baseUrl: string;
  readonly environment: Environment;
  readonly locale: () => string;
}

/** No response headers after this long count as no network: nobody should look at a spinner for ever. */
const responseTimeoutMilliseconds = 30_000;

/** Makes the function every request of the library goes through. */
export function createSendRequest({ baseUrl, environment, locale }: SendRequestOptions): SendRequest {
  return async (spec, accessToken) => {
    const correlationId = spec.correlationId ?? environment.newId();
    const deadline = new AbortController();
    const forwardAbort = () => deadline.abort(spec.signal?.reason);
    if (spec.signal?.aborted === true) forwardAbort();
    // The listener stays for the life of the caller's signal: the abort must also end a body that is still streaming.
    spec.signal?.addEventListener("abort", forwardAbort, { once: true });
    const cancelDeadline = environment.schedule(() => deadline.abort(), responseTimeoutMilliseconds);
    let response: Response;
    try {
      response = await environment.fetch(requestUrl(baseUrl, spec), {
        method: spec.method,
        headers: requestHeaders(spec, correlationId, locale(), accessToken),
        ...(spec.body === undefined ? {} : { body: JSON.stringify(spec.body) }),
        signal: deadline.signal,
        credentials: "omit",
      });
    } catch (cause) {
      spec.signal?.throwIfAborted();
      throw createError({
        code: "network_error",
        message: "The server cannot be reached.",
        status: 0,
        retryable: true,
        correlationId,
        cause,
      });
    } finally {
      cancelDeadline();
    }
    if (!response.ok && !isAnswer(response, spec)) throw await readProblem(response, correlationId);
    return response;
  };
}

function isAnswer(response: Response, spec: RequestSpec): boolean {
  const type = response.headers.get("content-type") ?? "";
  return spec.answersWith?.includes(response.status) === true && type.startsWith("application/json");
}

/** Reads a JSON answer; what is not JSON (a captive portal's page, say) is an `invalid_response`. */
export async function readJson<T>(response: Response): Promise<T> {
  try {
    return (await response.json()) as T;
  } catch (cause) {
    throw createError({
      code: "invalid_response",
      message: "The server's answer could not be read.",
      status: response.status,
      retryable: true,
      correlationId: response.headers.get("x-correlation-id") ?? undefined,
      cause,
    });
  }
}

function requestUrl(baseUrl: string, spec: RequestSpec): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(spec.query ?? {})) {
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) query.append(name, String(one));
  }
  const text = query.toString();
  return `${baseUrl}${spec.path}${text === "" ? "" : `?${text}`}`;
}

/** The headers of every request. */
export function requestHeaders(
  spec: RequestSpec,
  correlationId: string,
  locale: string,
  accessToken: string | null,
): Record<string, string> {
  const traceparent = traceparentOf(correlationId);
  return {
    accept: spec.accept ?? "application/json",
    "accept-language": locale,
    "x-correlation-id": correlationId,
    ...(traceparent === null ? {} : { traceparent }),
    ...(spec.body === undefined ? {} : { "content-type": "application/json" }),
    ...(accessToken === null ? {} : { authorization: `Bearer ${accessToken}` }),
    ...spec.headers,
  };
}
