import type { EvenkeelClient, KnowledgeDocument, SourceAddress, UploadedDocument } from "@evenkeel/sdk";

/** How far an upload is, or what became of it. */
export type UploadState =
  | { kind: "waiting" }
  /** How much has gone out, 0 to 1; at 1 the server stores it. */
  | { kind: "sending"; fraction: number }
  | { kind: "stored"; outcome: UploadedDocument["outcome"]; document: KnowledgeDocument }
  /** Not sent, because it would be refused. */
  | { kind: "refused"; reason: UploadRefusal }
  | { kind: "failed"; error: unknown }
  | { kind: "cancelled" };

/** `too_large`: as large as one that the server just refused for its size. */
export type UploadRefusal = "folder" | "too_large" | "other_type";

/** One file on its way. */
export interface Upload {
  id: number;
  source: SourceAddress;
  fileName: string;
  bytes: number;
  state: UploadState;
}

/** What was chosen or dropped: a file, or something that cannot be uploaded. */
export type ChosenFile = { file: File; name: string } | { name: string; refusal: UploadRefusal };

/** Files on their way to the server; each is a request of its own, so that each has its own progress and result. */
export interface Uploads {
  getSnapshot(): readonly Upload[];
  subscribe(listener: () => void): () => void;
  add(source: SourceAddress, files: readonly ChosenFile[]): void;
  cancel(id: number): void;
  /** Sends one again that failed or was cancelled. */
  retry(id: number): void;
  /** Takes those of a source that have ended from the list. */
  dismissEnded(sourceId: string): void;
  /** Ends and forgets everything: the person has signed out. */
  clear(): void;
}

interface UploadsOptions {
  upload: EvenkeelClient["knowledge"]["upload"];
  /** A document has come or changed. */
  onStored: (source: SourceAddress) => void;
}

const mostAtOnce = 3;

/** Whether nothing happens with it any more. */
export function hasEnded({ state }: Upload): boolean {
  return state.kind !== "waiting" && state.kind !== "sending";
}

/** Makes the list of uploads. It lives as long as the page, so that going elsewhere in the application ends none. */
export function createUploads({ upload, onStored }: UploadsOptions): Uploads {
  let list: readonly Upload[] = [];
  let lastId = 0;
  let smallestRefusedBytes = Number.POSITIVE_INFINITY;
  const files = new Map<number, { file: File; name: string; cancel: AbortController }>();
  const listeners = new Set<() => void>();

  function change(next: readonly Upload[]): void {
    list = next;
    for (const listener of [...listeners]) listener();
  }

  function set(id: number, state: UploadState): void {
    change(list.map((one) => (one.id === id ? { ...one, state } : one)));
  }

  function sendNext(): void {
    for (;;) {
      const sending = list.filter(({ state }) => state.kind === "sending").length;
      const next = sending < mostAtOnce ? list.find(({ state }) => state.kind === "waiting") : undefined;
      if (next === undefined) return;
      void send(next);
    }
  }

  async function send({ id, source, bytes }: Upload): Promise<void> {
    const chosen = files.get(id);
    if (chosen === undefined) return end(id, { kind: "cancelled" });
    if (bytes >= smallestRefusedBytes) return end(id, { kind: "refused", reason: "too_large" });
    set(id, { kind: "sending", fraction: 0 });
    const { file, name, cancel } = chosen;
    try {
      const { items } = await upload(
        source,
        { name, content: file },
        { signal: cancel.signal, onProgress: (fraction) => isSending(id) && set(id, { kind: "sending", fraction }) },
      );
      const result = items[0];
      if (result === undefined) throw new Error("The answer to an upload names no document.");
      // What the server counted of a file before it had enough is too much for any other.
      if (result.document.reason?.code === "too_large") learnRefused(Math.min(bytes, result.document.bytes));
      end(id, { kind: "stored", ...result });
      onStored(source);
    } catch (error) {
      if (cancel.signal.aborted) return end(id, { kind: "cancelled" });
      if (isTooLarge(error)) learnRefused(bytes);
      end(id, { kind: "failed", error });
    }
  }

  function learnRefused(bytes: number): void {
    smallestRefusedBytes = Math.min(smallestRefusedBytes, bytes);
  }

  function isSending(id: number): boolean {
    return list.some((one) => one.id === id && one.state.kind === "sending");
  }

  function end(id: number, state: UploadState): void {
    // A file that was stored need not be held any longer.
    if (state.kind === "stored") files.delete(id);
    set(id, state);
    sendNext();
  }

  function enter(source: SourceAddress, chosen: ChosenFile): Upload {
    const id = ++lastId;
    const entry = { id, source, fileName: chosen.name };
    if ("refusal" in chosen) return { ...entry, bytes: 0, state: { kind: "refused", reason: chosen.refusal } };
    files.set(id, { ...chosen, cancel: new AbortController() });
    return { ...entry, bytes: chosen.file.size, state: { kind: "waiting" } };
  }

  return {
    getSnapshot: () => list,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    add(source, chosen) {
      change([...list, ...chosen.map((one) => enter(source, one))]);
      sendNext();
    },
    cancel(id) {
      files.get(id)?.cancel.abort();
      if (list.some((one) => one.id === id && one.state.kind === "waiting")) end(id, { kind: "cancelled" });
    },
    retry(id) {
      const chosen = files.get(id);
      if (chosen === undefined) return;
      files.set(id, { ...chosen, cancel: new AbortController() });
      set(id, { kind: "waiting" });
      sendNext();
    },
    dismissEnded(sourceId) {
      const kept = list.filter((one) => one.source.sourceId !== sourceId || !hasEnded(one));
      for (const one of list) if (!kept.includes(one)) files.delete(one.id);
      change(kept);
    },
    clear() {
      for (const { cancel } of files.values()) cancel.abort();
      files.clear();
      change([]);
    },
  };
}

function isTooLarge(error: unknown): boolean {
  return typeof error === "object" && error !== null && "status" in error && error.status === 413;
}
