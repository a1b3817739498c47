import type { HttpClient } from "../http/http-client.ts";
import type { Page } from "../wire/rest.ts";
import type { CreatedEventWebhook, EventWebhook, EventWebhookRequest, WebhookDelivery } from "../wire/webhooks.ts";
import type { PageSpec } from "./knowledge-address.ts";

/** Where events are sent to; for owners and administrators. */
export interface Webhooks {
  list(signal?: AbortSignal): Promise<Page<EventWebhook>>;
  /** What signs the deliveries is in the answer, and nowhere else. */
  create(request: EventWebhookRequest): Promise<CreatedEventWebhook>;
  /** Changes what is given. */
  save(id: string, request: EventWebhookRequest): Promise<EventWebhook>;
  delete(id: string): Promise<void>;
  /** Another secret; for a day the old one signs too. */
  renewSecret(id: string): Promise<CreatedEventWebhook>;
  /** Sends a test event now, and says how that went. */
  test(id: string): Promise<WebhookDelivery>;
  /** Newest first. */
  deliveries(id: string, page?: PageSpec, signal?: AbortSignal): Promise<Page<WebhookDelivery>>;
  /** Sends again what was recorded of a session after `afterSeq`. */
  replay(id: string, from: { readonly sessionId: string; readonly afterSeq: number }): Promise<void>;
}

const base = "/api/v1/admin/webhooks";
const webhookPath = (id: string) => `${base}/${encodeURIComponent(id)}`;

/** Makes the webhooks part of a client. */
export function createWebhooks(http: HttpClient): Webhooks {
  return {
    list: (signal) => http.json({ method: "GET", path: base, signal }),
    create: (body) => http.json({ method: "POST", path: base, body }),
    save: (id, body) => http.json({ method: "PUT", path: webhookPath(id), body }),
    delete: async (id) => {
      await http.response({ method: "DELETE", path: webhookPath(id) });
    },
    renewSecret: (id) => http.json({ method: "POST", path: `${webhookPath(id)}/secret` }),
    test: (id) => http.json({ method: "POST", path: `${webhookPath(id)}/test` }),
    deliveries: (id, { cursor, limit } = {}, signal) =>
      http.json({ method: "GET", path: `${webhookPath(id)}/deliveries`, query: { cursor, limit }, signal }),
    replay: async (id, { sessionId, afterSeq }) => {
      const body = { session_id: sessionId, after_seq: afterSeq };
      await http.response({ method: "POST", path: `${webhookPath(id)}/replay`, body });
    },
  };
}
