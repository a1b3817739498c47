import type { EvenkeelError } from "../errors/evenkeel-error.ts";
import type { ClientFrame, ServerFrame } from "../wire/frames.ts";
import type { TransportKind } from "./connection-state.ts";

/** How a transport ended. Not reported when our side closed it. */
export type TransportEnd =
  /** It never carried a frame, and nothing says why: perhaps something in between does not let it through. */
  | { readonly kind: "unreachable" }
  | { readonly kind: "closed"; readonly code: number; readonly retryAfterSeconds: number | null }
  | { readonly kind: "refused"; readonly error: EvenkeelError };

/** What a transport reports to. */
export interface TransportListener {
  onFrame(frame: ServerFrame): void;
  onEnd(end: TransportEnd): void;
}

/** One open stream of frames. */
export interface Transport {
  readonly kind: TransportKind;
  /** False when this transport, or this moment, cannot carry frames to the server. */
  send(frame: ClientFrame): boolean;
  close(): void;
}
