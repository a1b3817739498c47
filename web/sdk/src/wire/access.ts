import type { Wire } from "./wire.ts";

/** What an API key may do. */
export type ApiScope = "events:read" | "events:write" | "operations:read";

/** A key for programs, sent as `X-API-Key`. */
export type ApiKey = Wire<"ApiKey", { readonly scopes: readonly ApiScope[] }>;

/** Body of `POST /api/v1/admin/keys`; without an end a key is valid for ever. */
export type CreateApiKeyRequest = Wire<
  "CreateApiKeyRequest",
  { readonly name: string; readonly scopes: readonly ApiScope[] }
>;

/** A new key with the key itself, shown this once. */
export type CreatedApiKey = Wire<"CreatedApiKey", { readonly key: ApiKey }>;

/** What somebody did. */
export type AuditEntry = Wire<"AuditEntry", { readonly data?: unknown }>;
