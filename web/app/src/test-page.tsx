import { createClient, createMemoryTokenStore, type XmlHttpRequestLike } from "@evenkeel/sdk";
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import type { ReactNode } from "react";
import { createMemoryRouter, RouterProvider } from "react-router";
import { ClientContext } from "./session/client-context.ts";

/** A request as the scripted server saw it. */
export interface SeenRequest {
  readonly method: string;
  /** With what stands behind the question mark. */
  readonly path: string;
  readonly body: unknown;
}

/** What the scripted server says, when a request is to wait also after what; undefined = not found. */
export type Answers = (
  request: SeenRequest,
) => { status?: number; body?: unknown; after?: Promise<unknown> } | undefined;

/** Shows a part of a page at an address, over the real client library and a scripted server. */
export function renderPage(page: ReactNode, address: string, answers: Answers) {
  const requests: SeenRequest[] = [];
  const client = createClient({
    baseUrl: "http://server",
    tokenStore: signedIn(),
    fetch: async (input, init) => {
      const { pathname, search } = new URL(String(input));
      const body: unknown = typeof init?.body === "string" ? JSON.parse(init.body) : undefined;
      const request = { method: init?.method ?? "GET", path: pathname + search, body };
      requests.push(request);
      const answer = answers(request);
      await answer?.after;
      return responseOf(answer);
    },
    newXmlHttpRequest: () =>
      scriptedUpload((request) => {
        requests.push(request);
        return answers(request);
      }),
  });
  const router = createMemoryRouter([{ path: "*", element: page }], { initialEntries: [address] });
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const view = render(
    <MantineProvider env="test">
      <QueryClientProvider client={queries}>
        <ClientContext value={client}>
          <RouterProvider router={router} />
        </ClientContext>
      </QueryClientProvider>
    </MantineProvider>,
  );
  return { ...view, requests, address: () => router.state.location.pathname + router.state.location.search };
}

/** A refusal as the server words it. */
export function refusal(status: number, code: string, errors: readonly { field: string; message: string }[] = []) {
  return { status, body: { error_code: code, message: code, retryable: false, correlation_id: "c1", details: errors } };
}

function responseOf(answer: ReturnType<Answers>): Response {
  const { status = 200, body } = answer ?? {
    status: 404,
    body: { error_code: "not_found", message: "", retryable: false },
  };
  return new Response(body === undefined ? null : JSON.stringify(body), {
    status,
    headers: { "content-type": "application/json" },
  });
}

/** An upload that goes out at once. */
function scriptedUpload(answers: Answers): XmlHttpRequestLike {
  const listeners = new Map<string, () => void>();
  let request = { method: "POST", path: "", body: undefined as unknown };
  let answer: ReturnType<Answers>;
  return {
    get status() {
      return answer?.status ?? 200;
    },
    get responseText() {
      return JSON.stringify(answer?.body ?? {});
    },
    upload: { addEventListener: () => undefined },
    open: (method, address) => {
      const { pathname, search } = new URL(address);
      request = { ...request, method, path: pathname + search };
    },
    setRequestHeader: () => undefined,
    getResponseHeader: (name) => (name === "content-type" ? "application/json" : null),
    addEventListener: (type, listener) => void listeners.set(type, listener),
    send: (body) => {
      answer = answers({ ...request, body });
      listeners.get("load")?.();
    },
    abort: () => undefined,
  };
}

function signedIn() {
  const store = createMemoryTokenStore();
  const expiresAt = Date.now() + 3_600_000;
  store.set({ accessToken: "a", refreshToken: "r", expiresAt, refreshAt: expiresAt });
  return store;
}
