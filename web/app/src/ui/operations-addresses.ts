/** Several values of a name stand one after the other. */
type Conditions = Readonly<Record<string, string | readonly string[] | undefined>>;

/** An address with what stands behind the question mark; what is undefined is left out. */
export function withConditions(path: string, conditions: Conditions): string {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(conditions)) {
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) given.append(name, one);
  }
  return given.size === 0 ? path : `${path}?${given}`;
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
