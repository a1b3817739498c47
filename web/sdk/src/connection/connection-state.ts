/** Which way frames come. */
export type TransportKind = "websocket" | "sse";

/** Why a connection ended for good. */
export type ClosedReason = "left" | "signed_out" | "forbidden" | "not_found";

/** What a connection is doing. */
export type ConnectionState =
  | { readonly kind: "connecting" }
  | { readonly kind: "open"; readonly transport: TransportKind }
  /** `retryAt` is when the next try starts (milliseconds since 1970); null while it is under way. */
  | { readonly kind: "reconnecting"; readonly attempt: number; readonly retryAt: number | null }
  | { readonly kind: "refreshing_token" }
  /** Nothing came for 60 s; a reconnect follows at once. */
  | { readonly kind: "stale" }
  | { readonly kind: "closed"; readonly reason: ClosedReason };
