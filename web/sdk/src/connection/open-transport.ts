import type { Session } from "../auth/session.ts";
import type { Environment } from "../environment.ts";
import type { HttpClient } from "../http/http-client.ts";
import type { StreamingCheckResponse } from "../wire/rest.ts";
import type { TransportKind } from "./connection-state.ts";
import { openEventStreamTransport } from "./event-stream-transport.ts";
import type { Transport, TransportListener } from "./transport.ts";
import { openWebSocketTransport } from "./websocket-transport.ts";

/** What a connection is made of. */
export interface ConnectionParts {
  readonly baseUrl: string;
  readonly environment: Environment;
  readonly session: Session;
  readonly http: HttpClient;
}

/** A single-use ticket for one stream, so that the access token stands in no address and no log. */
export async function fetchStreamTicket({ session, http }: ConnectionParts): Promise<string> {
  const check = () => http.json<StreamingCheckResponse>({ method: "POST", path: "/auth/refresh-for-streaming" });
  const first = await check();
  if (!first.should_refresh) return first.stream_ticket;
  await session.replaceToken(await session.accessToken());
  return (await check()).stream_ticket;
}

/** Which stream to open. */
export type TransportPlan =
  | { readonly kind: Extract<TransportKind, "websocket">; readonly ticket: string }
  | { readonly kind: Extract<TransportKind, "sse"> };

/** Opens the stream of a thread after `afterSeq`. */
export function openTransport(
  parts: ConnectionParts,
  plan: TransportPlan,
  position: { readonly threadId: string; readonly afterSeq: number },
  listener: TransportListener,
): Transport {
  const { threadId, afterSeq } = position;
  if (plan.kind === "sse") return openEventStreamTransport(threadId, afterSeq, parts.http, listener);
  const url = new URL(`/ws/chat/${encodeURIComponent(threadId)}`, parts.baseUrl);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  url.searchParams.set("token", plan.ticket);
  url.searchParams.set("after_seq", String(afterSeq));
  return openWebSocketTransport(url.href, parts.environment, listener);
}
