const prefix = "evenkeel.unsent";

/** A message that was sent but of which it is not known yet that the server has it. */
export interface Unsent {
  clientMessageId: string;
  text: string;
}

/** Keeps messages through a reload, a crash or a log-out in mid-send. */
export interface UnsentStore {
  read(place: string): readonly Unsent[];
  write(place: string, unsent: readonly Unsent[]): void;
}

export function createUnsentStore(storage: Pick<Storage, "getItem" | "setItem" | "removeItem">): UnsentStore {
  return {
    read(place) {
      try {
        const kept: unknown = JSON.parse(storage.getItem(`${prefix}.${place}`) ?? "[]");
        return Array.isArray(kept) ? kept.filter(isUnsent) : [];
      } catch {
        return [];
      }
    },
    write(place, unsent) {
      try {
        if (unsent.length === 0) storage.removeItem(`${prefix}.${place}`);
        else storage.setItem(`${prefix}.${place}`, JSON.stringify(unsent));
      } catch {
        // Storage is full or switched off: the message still stands in the page until it is sent.
      }
    },
  };
}

/** A draft with the texts of messages that never arrived put before it. */
export function draftWithUnsent(draft: string, unsent: readonly Unsent[]): string {
  return [...unsent.map((one) => one.text), draft].filter((text) => text.trim() !== "").join("\n\n");
}

function isUnsent(value: unknown): value is Unsent {
  if (typeof value !== "object" || value === null) return false;
  const { clientMessageId, text } = value as Partial<Record<keyof Unsent, unknown>>;
  return typeof clientMessageId === "string" && typeof text === "string";
}
