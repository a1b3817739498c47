import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { UploadOptions } from "../src/client/documents.ts";
import { InvalidRequestError, NetworkError } from "../src/errors/evenkeel-error.ts";
import type { ManualClock } from "./support/manual-clock.ts";
import { ScriptedServer } from "./support/scripted-server.ts";
import { ScriptedUpload } from "./support/scripted-upload.ts";
import { createTestClient } from "./support/test-client.ts";

const address = { chatbotId: "bot", sourceId: "source" };
const file = { name: "guide.md", content: new Blob(["# Guide"]) };

let server: ScriptedServer;
let uploads: ScriptedUpload[];

beforeEach(async () => {
  server = await ScriptedServer.start();
  uploads = [];
});

afterEach(() => server.stop());

async function start(options?: UploadOptions): Promise<{ result: Promise<unknown>; clock: ManualClock }> {
  const newXmlHttpRequest = () => {
    const upload = new ScriptedUpload();
    uploads.push(upload);
    return upload;
  };
  const { client, clock } = await createTestClient(server, { newXmlHttpRequest });
  const result = client.knowledge.upload(address, file, options);
  result.catch(() => undefined);
  await sent(1);
  return { result, clock };
}

async function sent(count: number): Promise<ScriptedUpload> {
  for (;;) {
    const newest = uploads[count - 1];
    if (newest?.body != null) return newest;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe("An upload", () => {
  it("sends one file under its name, tells how far it is, and gives what became of it", async () => {
    const fractions: number[] = [];
    const { result } = await start({ onProgress: (fraction) => fractions.push(fraction) });
    const upload = await sent(1);
    expect(upload.url).toBe(`${server.baseUrl}/api/v1/chatbots/bot/sources/source/documents`);
    expect(upload.headers).toMatchObject({ authorization: "Bearer access-1", "accept-language": "zh" });
    expect(upload.body?.get("files")).toMatchObject({ name: "guide.md", size: 7 });
    upload.progress(25, 100);
    upload.progress(100, 100);
    upload.answer(200, { items: [] });
    expect(await result).toEqual({ items: [] });
    expect(fractions).toEqual([0.25, 1]);
  });

  it("is sent again with another token when the server calls the first one expired", async () => {
    const { result } = await start();
    (await sent(1)).answer(401, { error_code: "token_expired" });
    const again = await sent(2);
    expect(again.headers["authorization"]).toBe("Bearer access-2");
    again.answer(200, { items: [] });
    await result;
  });

  it("that is refused fails as every request does", async () => {
    const { result } = await start();
    (await sent(1)).answer(413, { error_code: "invalid_request", message: "太大" });
    await expect(result).rejects.toBeInstanceOf(InvalidRequestError);
    await expect(result).rejects.toMatchObject({ message: "太大", status: 413 });
  });

  it("ends when it is cancelled", async () => {
    const cancel = new AbortController();
    const { result } = await start({ signal: cancel.signal });
    cancel.abort(new Error("not needed"));
    await expect(result).rejects.toThrow("not needed");
    expect((await sent(1)).isAborted).toBe(true);
  });

  it("may take as long as it moves, and is given up when it stands still", async () => {
    const { result, clock } = await start();
    const upload = await sent(1);
    for (let minute = 1; minute <= 10; minute++) {
      clock.advance(59_000);
      upload.progress(minute, 10);
    }
    expect(upload.isAborted).toBe(false);
    clock.advance(60_000);
    await expect(result).rejects.toBeInstanceOf(NetworkError);
    expect(upload.isAborted).toBe(true);
  });

  it("that breaks off is a matter of the network", async () => {
    const { result } = await start();
    (await sent(1)).fail();
    await expect(result).rejects.toBeInstanceOf(NetworkError);
  });
});
