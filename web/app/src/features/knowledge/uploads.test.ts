import { createError, type KnowledgeDocument, type UploadedDocuments } from "@evenkeel/sdk";
import { describe, expect, it, vi } from "vitest";
import { createUploads, type Uploads } from "./uploads.ts";

const source = { chatbotId: "bot", sourceId: "source" };
const document = { id: "d", bytes: 4, status: "queued" } as KnowledgeDocument;
const chosen = (name: string, bytes = 4) => ({ name, file: new File(["x".repeat(bytes)], name) });

interface Sent {
  name: string;
  finish: (answer: UploadedDocuments) => void;
  fail: (error: unknown) => void;
  progress: (fraction: number) => void;
}

function prepare() {
  const sent: Sent[] = [];
  const onStored = vi.fn();
  const uploads = createUploads({
    onStored,
    upload: (_, file, options) =>
      new Promise((finish, fail) => {
        options?.signal?.addEventListener("abort", () => fail(options.signal?.reason));
        sent.push({ name: file.name, finish, fail, progress: options?.onProgress ?? (() => undefined) });
      }),
  });
  return { uploads, sent, onStored };
}

const kinds = (uploads: Uploads) => uploads.getSnapshot().map(({ state }) => state.kind);
const stored = (change: Partial<KnowledgeDocument> = {}): UploadedDocuments => ({
  items: [{ outcome: "created", document: { ...document, ...change } }],
});
const settle = () => new Promise((resolve) => setTimeout(resolve));

describe("uploads", () => {
  it("are a request each, three at once, in their order", async () => {
    const { uploads, sent, onStored } = prepare();
    uploads.add(
      source,
      ["a", "b", "c", "d"].map((name) => chosen(name)),
    );
    expect(sent.map(({ name }) => name)).toEqual(["a", "b", "c"]);
    expect(kinds(uploads)).toEqual(["sending", "sending", "sending", "waiting"]);
    sent[1]?.finish(stored());
    await settle();
    expect(sent.map(({ name }) => name)).toEqual(["a", "b", "c", "d"]);
    expect(kinds(uploads)).toEqual(["sending", "stored", "sending", "sending"]);
    expect(onStored).toHaveBeenCalledExactlyOnceWith(source);
  });

  it("tell how far each is", () => {
    const { uploads, sent } = prepare();
    uploads.add(source, [chosen("a")]);
    sent[0]?.progress(0.5);
    expect(uploads.getSnapshot()[0]?.state).toEqual({ kind: "sending", fraction: 0.5 });
  });

  it("that are cancelled or fail make room, and can be sent again", async () => {
    const { uploads, sent } = prepare();
    uploads.add(
      source,
      ["a", "b", "c", "d"].map((name) => chosen(name)),
    );
    const [first, , , last] = uploads.getSnapshot();
    uploads.cancel(last?.id ?? 0);
    uploads.cancel(first?.id ?? 0);
    sent[1]?.fail(createError({ code: "network_error", message: "", status: 0, retryable: true }));
    await settle();
    expect(kinds(uploads)).toEqual(["cancelled", "failed", "sending", "cancelled"]);
    uploads.retry(first?.id ?? 0);
    expect(sent.at(-1)?.name).toBe("a");
    expect(kinds(uploads)[0]).toBe("sending");
  });

  it("of what the server has refused for its size are not sent in vain again", async () => {
    const { uploads, sent } = prepare();
    uploads.add(source, [chosen("huge", 100)]);
    sent[0]?.finish(stored({ bytes: 50, status: "failed", reason: { code: "too_large", message: "Too large." } }));
    await settle();
    uploads.add(source, [chosen("large", 60), chosen("small", 49)]);
    expect(sent.map(({ name }) => name)).toEqual(["huge", "small"]);
    expect(uploads.getSnapshot()[1]?.state).toEqual({ kind: "refused", reason: "too_large" });
  });

  it("that have ended are taken from the list when wanted, and all of them at a sign-out", async () => {
    const { uploads, sent } = prepare();
    uploads.add(source, [chosen("a"), { name: "folder", refusal: "folder" }]);
    uploads.dismissEnded(source.sourceId);
    expect(kinds(uploads)).toEqual(["sending"]);
    uploads.clear();
    expect(uploads.getSnapshot()).toEqual([]);
    await settle();
    expect(sent).toHaveLength(1);
    expect(uploads.getSnapshot()).toEqual([]);
  });
});
