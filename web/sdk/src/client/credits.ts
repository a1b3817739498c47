import type { HttpClient } from "../http/http-client.ts";
import type { CreditEntry, CreditStatus, GrantCreditsRequest, Page } from "../wire/rest.ts";

/** What the organization may use, and what it used. */
export interface Credits {
  status(signal?: AbortSignal): Promise<CreditStatus>;
  /** The ledger, newest first; for owners and administrators. */
  entries(
    page?: { cursor?: string | undefined; limit?: number; turnId?: string },
    signal?: AbortSignal,
  ): Promise<Page<CreditEntry>>;
  /** Gives credits, or takes them back; for owners and administrators. The same `grant_id` never grants twice. */
  grant(grant: GrantCreditsRequest): Promise<CreditStatus>;
  /** Chooses another plan; for owners. */
  changePlan(plan: string): Promise<CreditStatus>;
}

/** Makes the credits part of a client. */
export function createCredits(http: HttpClient): Credits {
  return {
    status: (signal) => http.json({ method: "GET", path: "/api/v1/credits", signal }),
    entries: (page = {}, signal) =>
      http.json({
        method: "GET",
        path: "/api/v1/credits/entries",
        query: { cursor: page.cursor, limit: page.limit, turn_id: page.turnId },
        signal,
      }),
    grant: (grant) => http.json({ method: "POST", path: "/api/v1/admin/credits/grants", body: grant }),
    changePlan: (plan) => http.json({ method: "POST", path: "/api/v1/admin/credits/plan", body: { plan } }),
  };
}
