export const alertsAddress = "/admin/alerts";

/** Stands in an address where a rule that is to be made has no id yet. */
export const newId = "new";

/** Address of a rule. */
export function ruleAddress(id: string): string {
  return `${alertsAddress}/${encodeURIComponent(id)}`;
}
