import type { ApiKey, ApiScope, EvenkeelClient } from "@evenkeel/sdk";
import { queryOptions } from "@tanstack/react-query";

export const scopes: readonly ApiScope[] = ["events:read", "events:write", "operations:read"];

/** API keys of the organization. */
export function keysQuery(client: EvenkeelClient) {
  return queryOptions({ queryKey: ["keys"], queryFn: ({ signal }) => client.keys.list(signal) });
}

/** Whether a key still opens anything, at a moment. */
export function keyState(
  { revoked_at: revoked, expires_at: expires }: ApiKey,
  now: number,
): "good" | "expired" | "revoked" {
  if (revoked !== undefined) return "revoked";
  return expires !== undefined && Date.parse(expires) <= now ? "expired" : "good";
}
