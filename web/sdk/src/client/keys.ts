import type { HttpClient } from "../http/http-client.ts";
import type { ApiKey, CreateApiKeyRequest, CreatedApiKey } from "../wire/access.ts";
import type { Page } from "../wire/rest.ts";

/** API keys of the organization; for owners and administrators. */
export interface Keys {
  list(signal?: AbortSignal): Promise<Page<ApiKey>>;
  /** The key itself is in the answer, and nowhere else. */
  create(request: CreateApiKeyRequest): Promise<CreatedApiKey>;
  /** From now on it opens nothing. */
  revoke(id: string): Promise<void>;
}

const path = "/api/v1/admin/keys";

/** Makes the part of a client for API keys. */
export function createKeys(http: HttpClient): Keys {
  return {
    list: (signal) => http.json({ method: "GET", path, signal }),
    create: (body) => http.json({ method: "POST", path, body }),
    revoke: async (id) => {
      await http.response({ method: "DELETE", path: `${path}/${encodeURIComponent(id)}` });
    },
  };
}
