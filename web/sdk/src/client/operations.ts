import type { HttpClient } from "../http/http-client.ts";
import type { HealthReport } from "../wire/rest.ts";

/** How the server is. */
export interface Operations {
  /** Every part for owners and administrators, one word for others. A server that cannot work says so here too. */
  health(signal?: AbortSignal): Promise<HealthReport>;
}

/** Makes the operations part of a client. */
export function createOperations(http: HttpClient): Operations {
  return {
    health: (signal) => http.json({ method: "GET", path: "/health/ready", answersWith: [503], signal }),
  };
}
