export const webhooksAddress = "/admin/webhooks";

/** Address of a webhook. */
export function webhookAddress(id: string): string {
  return `${webhooksAddress}/${encodeURIComponent(id)}`;
}
