import { describe, expect, it } from "vitest";
import { readEventStream } from "../src/connection/read-event-stream.ts";
import { createError, EvenkeelError, NotFoundError } from "../src/errors/evenkeel-error.ts";
import { readProblem } from "../src/errors/read-problem.ts";
import type { ServerFrame } from "../src/wire/frames.ts";
import { parseFrame } from "../src/wire/parse-frame.ts";

describe("A frame", () => {
  it.each([
    "",
    "not json",
    "null",
    "[]",
    '"ping"',
    "{}",
    '{"type":"toString"}',
    '{"type":"from_the_future"}',
    '{"type":"chat_status","event":"from_the_future","turn_id":"t"}',
    '{"type":"chat_delta","turn_id":"t","attempt":1,"offset":"0","token":"x"}',
    '{"type":"chat_message","seq":1}',
    '{"type":"event","event":null}',
  ])("this version cannot use is skipped: %s", (text) => {
    expect(parseFrame(text)).toBeNull();
  });

  it("of a known type is read, with members that are new", () => {
    expect(parseFrame('{"type":"ping","timestamp":"now","new":1}')).toEqual({ type: "ping", timestamp: "now", new: 1 });
  });
});

describe("An event stream", () => {
  it.each([1, 2, 3, 7, 1000])("is read whatever the size of its pieces (%i bytes)", async (size) => {
    const text =
      ': hello\n\nid: 1\ndata: {"type":"ping","timestamp":"你好"}\n\ndata:{"type":\r\ndata:"ping"}\r\n\r\ndata: x\n\n';
    const frames: ServerFrame[] = [];
    for await (const frame of readEventStream(responseInPieces(text, size))) frames.push(frame);
    expect(frames).toEqual([{ type: "ping", timestamp: "你好" }, { type: "ping" }]);
  });

  it("is cancelled when its reader leaves", async () => {
    let isCancelled = false;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode('data: {"type":"ping"}\n\n')),
      cancel: () => {
        isCancelled = true;
      },
    });
    for await (const frame of readEventStream(new Response(body))) {
      expect(frame.type).toBe("ping");
      break;
    }
    expect(isCancelled).toBe(true);
  });
});

describe("A failed response", () => {
  it("of a proxy gets the code of its status", async () => {
    const html = new Response("<html>", { status: 503, headers: { "retry-after": "12" } });
    expect(await readProblem(html, "mine")).toMatchObject({
      code: "server_error",
      status: 503,
      retryable: true,
      retryAfterSeconds: 12,
      correlationId: "mine",
    });
  });

  it("becomes an error of the class of its code, whatever the code", () => {
    const facts = { message: "", status: 404, retryable: false };
    expect(createError({ ...facts, code: "not_found" })).toBeInstanceOf(NotFoundError);
    const unknown = createError({ ...facts, code: "constructor" });
    expect(unknown).toBeInstanceOf(EvenkeelError);
    expect(unknown.code).toBe("constructor");
  });
});

function responseInPieces(text: string, size: number): Response {
  const bytes = new TextEncoder().encode(text);
  return new Response(
    new ReadableStream<Uint8Array>({
      start: (controller) => {
        for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size));
        controller.close();
      },
    }),
  );
}
