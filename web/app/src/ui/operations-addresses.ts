type Conditions = Readonly<Record<string, string | undefined>>;

/** An address with what stands behind the question mark; what is undefined is left out. */
export function withConditions(path: string, conditions: Conditions): string {
  const given = Object.entries(conditions).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}

/** Address of the turns that fit. */
export function turnsAddress(conditions: Conditions = {}): string {
  return withConditions("/admin/turns", conditions);
}

/** Address of a turn. */
export function turnAddress(id: string): string {
  return `/admin/turns/${encodeURIComponent(id)}`;
}

/** Address of the events of all sessions that fit. */
export function timelineAddress(conditions: Conditions = {}): string {
  return withConditions("/admin/timeline", conditions);
}

/** Address of the events of a session. */
export function sessionAddress(sessionId: string, conditions: Conditions = {}): string {
  return withConditions(`/admin/timeline/${encodeURIComponent(sessionId)}`, conditions);
}
