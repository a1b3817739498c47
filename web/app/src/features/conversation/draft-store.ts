const prefix = "evenkeel.draft";

/** Where text that has not been sent is kept: per person and conversation, across reloads and log-outs. */
export interface DraftStore {
  read(place: string): string;
  write(place: string, text: string): void;
}

/** The place of a conversation's draft; a conversation that does not exist yet has one too. */
export function draftPlace(userId: string, threadId: string | undefined): string {
  return `${userId}.${threadId ?? "new"}`;
}

/** Drafts in `storage`. Where storage is full or forbidden they live as long as the page. */
export function createDraftStore(storage: Pick<Storage, "getItem" | "setItem" | "removeItem">): DraftStore {
  const unsaved = new Map<string, string>();
  return {
    read(place) {
      const kept = unsaved.get(place);
      if (kept !== undefined) return kept;
      try {
        return storage.getItem(`${prefix}.${place}`) ?? "";
      } catch {
        return "";
      }
    },
    write(place, text) {
      try {
        if (text === "") storage.removeItem(`${prefix}.${place}`);
        else storage.setItem(`${prefix}.${place}`, text);
        unsaved.delete(place);
      } catch {
        unsaved.set(place, text);
      }
    },
  };
}
