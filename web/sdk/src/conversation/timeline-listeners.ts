import type { TimelineEvent } from "../wire/timeline-event.ts";

type Listener = (event: TimelineEvent) => void;

/** Who wants which timeline events of one conversation. */
export class TimelineListeners {
  readonly #entries = new Set<{ readonly types: readonly string[]; readonly listener: Listener }>();

  /** All types anybody wants. */
  get types(): readonly string[] {
    return [...new Set([...this.#entries].flatMap((entry) => entry.types))];
  }

  add(types: readonly string[], listener: Listener): () => void {
    const entry = { types, listener };
    this.#entries.add(entry);
    return () => this.#entries.delete(entry);
  }

  report(event: TimelineEvent): void {
    for (const { types, listener } of [...this.#entries]) {
      if (types.includes("*") || types.includes(event.event_type)) listener(event);
    }
  }
}
