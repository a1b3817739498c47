import { EvenkeelError } from "../errors/evenkeel-error.ts";
import type { HttpClient } from "../http/http-client.ts";
import { readEventStream } from "./read-event-stream.ts";
import type { Transport, TransportEnd, TransportListener } from "./transport.ts";

/** Abnormal closure, as WebSocket numbers it: the stream ended and nothing says why. */
const endedWithoutReason: TransportEnd = { kind: "closed", code: 1006, retryAfterSeconds: null };

/** Opens an SSE stream over `fetch`, so that the token stands in a header and not in the address. */
export function openEventStreamTransport(
  threadId: string,
  afterSeq: number,
  http: HttpClient,
  listener: TransportListener,
): Transport {
  const controller = new AbortController();

  async function run(): Promise<TransportEnd> {
    try {
      const response = await http.response({
        method: "GET",
        path: `/api/v1/chat/${encodeURIComponent(threadId)}/stream`,
        query: { after_seq: afterSeq },
        accept: "text/event-stream",
        signal: controller.signal,
      });
      for await (const frame of readEventStream(response)) {
        if (controller.signal.aborted) break;
        listener.onFrame(frame);
      }
      return endedWithoutReason;
    } catch (error) {
      return error instanceof EvenkeelError ? { kind: "refused", error } : endedWithoutReason;
    }
  }

  run().then((end) => {
    if (!controller.signal.aborted) listener.onEnd(end);
  });

  return { kind: "sse", send: () => false, close: () => controller.abort() };
}
