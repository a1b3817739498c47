/** What an API key may do. */
export type ApiScope = "events:read" | "events:write" | "operations:read";

/** A key for programs, sent as `X-API-Key`. */
export interface ApiKey {
  readonly id: string;
  readonly name: string;
  /** Its first characters, to recognize it by. */
  readonly prefix: string;
  readonly scopes: readonly ApiScope[];
  readonly created_at: string;
  readonly expires_at?: string;
  readonly last_used_at?: string;
  readonly revoked_at?: string;
}

/** Body of `POST /api/v1/admin/keys`. */
export interface CreateApiKeyRequest {
  readonly name: string;
  readonly scopes: readonly ApiScope[];
  /** Absent = never. */
  readonly expires_at?: string;
}

/** A new key with the key itself, shown this once. */
export interface CreatedApiKey {
  readonly key: ApiKey;
  readonly secret: string;
}

/** Where events are sent to. */
export interface EventWebhook {
  readonly id: string;
  readonly url: string;
  /** Empty = all. */
  readonly event_types: readonly string[];
  readonly is_enabled: boolean;
  /** Why it was switched off by itself: the receiver said that it is gone, or took nothing for three days. */
  readonly disabled_reason?: "gone" | "failing";
  readonly created_at: string;
  /** Events that wait. */
  readonly waiting: number;
  readonly last_delivered_at?: string;
}

/** Body of a webhook that is made or changed. */
export interface EventWebhookRequest {
  readonly url?: string;
  readonly event_types?: readonly string[];
  readonly is_enabled?: boolean;
}

/** A new webhook with what signs its deliveries, shown this once. */
export interface CreatedEventWebhook {
  readonly webhook: EventWebhook;
  readonly secret: string;
}

/** One batch of events and the tries of sending it. */
export interface WebhookDelivery {
  readonly id: string;
  readonly session_id: string;
  readonly from_seq: number;
  readonly to_seq: number;
  /** `failed` = given up. */
  readonly status: "waiting" | "delivered" | "failed";
  readonly tries: number;
  readonly http_status?: number;
  readonly error?: string;
  readonly duration_ms?: number;
  readonly created_at: string;
  readonly next_try_at?: string;
  readonly delivered_at?: string;
}

/** What somebody did. */
export interface AuditEntry {
  readonly id: string;
  readonly at: string;
  /** Absent for an API key or the server itself. */
  readonly user_id?: string;
  readonly actor: string;
  /** Such as `api_key.created`. */
  readonly action: string;
  readonly target?: string;
  readonly data?: unknown;
}
