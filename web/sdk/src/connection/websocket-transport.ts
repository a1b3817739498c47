import type { Environment, WebSocketLike } from "../environment.ts";
import { parseFrame } from "../wire/parse-frame.ts";
import type { Transport, TransportEnd, TransportListener } from "./transport.ts";

/** A socket that has not greeted by then is of no use; some proxies accept the handshake and swallow the frames. */
const greetingTimeoutMilliseconds = 10_000;

/** Opens a WebSocket that carries frames. */
export function openWebSocketTransport(url: string, environment: Environment, listener: TransportListener): Transport {
  let isOpen = false;
  let isOver = false;
  let hasGreeted = false;
  const socket = tryOpen(url, environment);
  if (socket === null) return unopenedTransport(environment, listener);

  const finish = (end: TransportEnd | null) => {
    if (isOver) return;
    isOver = true;
    cancelTimeout();
    if (end !== null) listener.onEnd(end);
  };
  const cancelTimeout = environment.schedule(() => {
    finish({ kind: "unreachable" });
    socket.close();
  }, greetingTimeoutMilliseconds);

  socket.addEventListener("open", () => {
    isOpen = true;
  });
  socket.addEventListener("message", ({ data }) => {
    const frame = !isOver && typeof data === "string" ? parseFrame(data) : null;
    if (frame === null) return;
    hasGreeted = true;
    cancelTimeout();
    listener.onFrame(frame);
  });
  // A close event follows every error event and says more.
  socket.addEventListener("error", () => undefined);
  socket.addEventListener("close", ({ code, reason }) => finish(endOf(code, reason, hasGreeted)));

  return {
    kind: "websocket",
    send: (frame) => {
      if (!isOpen || isOver) return false;
      socket.send(JSON.stringify(frame));
      return true;
    },
    close: () => {
      finish(null);
      socket.close(1000);
    },
  };
}

/** A browser that may not open the socket at all (policy, mixed content) says so by throwing. */
function tryOpen(url: string, environment: Environment): WebSocketLike | null {
  try {
    return environment.openWebSocket(url);
  } catch {
    return null;
  }
}

/** Ends a moment later, because whoever opens a transport does not expect its end before it has it. */
function unopenedTransport(environment: Environment, listener: TransportListener): Transport {
  const close = environment.schedule(() => listener.onEnd({ kind: "unreachable" }), 0);
  return { kind: "websocket", send: () => false, close };
}

function endOf(code: number, reason: string, hasGreeted: boolean): TransportEnd {
  const isContractCode = code >= 4000 || code === 1001 || code === 1013;
  if (!hasGreeted && !isContractCode) return { kind: "unreachable" };
  return { kind: "closed", code, retryAfterSeconds: retryAfterOf(reason) };
}

/** The reason is `{"error_code","retry_after_s"}`, unless something in between closed the socket. */
function retryAfterOf(reason: string): number | null {
  try {
    const value: unknown = JSON.parse(reason);
    if (typeof value !== "object" || value === null || !("retry_after_s" in value)) return null;
    return typeof value.retry_after_s === "number" ? value.retry_after_s : null;
  } catch {
    return null;
  }
}
