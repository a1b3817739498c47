import { createError, type EvenkeelError } from "../errors/evenkeel-error.ts";
import { readProblem } from "../errors/read-problem.ts";
import { requestHeaders, type SendRequestOptions } from "./send-request.ts";

/** One upload as the library describes it. */
export interface UploadSpec {
  readonly path: string;
  readonly body: FormData;
  /** How much of the body has gone out, 0 to 1. */
  readonly onProgress?: ((fraction: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Sends one upload with this access token and gives a successful response, or throws an EvenkeelError. */
export type SendUpload = (spec: UploadSpec, accessToken: string) => Promise<Response>;

/** Nothing sent and nothing heard for so long counts as no network; how long the whole takes is up to the file. */
const standstillMilliseconds = 60_000;

/** Makes the function every upload goes through. `fetch` does not tell how much of a body has gone out, so it is not used here. */
export function createSendUpload({ baseUrl, environment, locale }: SendRequestOptions): SendUpload {
  return async (spec, accessToken) => {
    spec.signal?.throwIfAborted();
    const correlationId = environment.newId();
    const request = environment.newXmlHttpRequest();
    const response = await new Promise<Response>((resolve, reject) => {
      const watch = watchStandstill(() => fail());
      const settle = (finish: () => void) => {
        watch.stop();
        spec.signal?.removeEventListener("abort", cancel);
        finish();
      };
      const fail = () => {
        settle(() => reject(unreachable(correlationId)));
        request.abort();
      };
      const cancel = () => {
        settle(() => reject(spec.signal?.reason));
        request.abort();
      };
      spec.signal?.addEventListener("abort", cancel, { once: true });
      request.upload.addEventListener("progress", ({ loaded, total }) => {
        watch.moved();
        spec.onProgress?.(total > 0 ? loaded / total : 0);
      });
      request.addEventListener("error", fail);
      request.addEventListener("load", () => settle(() => resolve(responseOf(request))));
      request.open("POST", `${baseUrl}${spec.path}`);
      const headers = requestHeaders({ method: "POST", path: spec.path }, correlationId, locale(), accessToken);
      for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
      request.send(spec.body);
    });
    if (!response.ok) throw await readProblem(response, correlationId);
    return response;
  };

  function watchStandstill(onStandstill: () => void) {
    let stop = environment.schedule(onStandstill, standstillMilliseconds);
    return {
      moved: () => {
        stop();
        stop = environment.schedule(onStandstill, standstillMilliseconds);
      },
      stop: () => stop(),
    };
  }
}

function responseOf(request: { status: number; responseText: string; getResponseHeader(name: string): string | null }) {
  const headers = new Headers();
  for (const name of ["content-type", "retry-after", "x-correlation-id"]) {
    const value = request.getResponseHeader(name);
    if (value !== null) headers.set(name, value);
  }
  return new Response(request.responseText === "" ? null : request.responseText, { status: request.status, headers });
}

function unreachable(correlationId: string): EvenkeelError {
  return createError({
    code: "network_error",
    message: "The server cannot be reached.",
    status: 0,
    retryable: true,
    correlationId,
  });
}
