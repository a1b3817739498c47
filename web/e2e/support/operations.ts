import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "@playwright/test";
import { api, type Person } from "./person.ts";

/** A turn as the list has it. */
export interface ListedTurn {
  readonly id: string;
  readonly thread_id: string;
  readonly status: string;
}

/** Asks something as the page would, and waits until its turn has ended. */
export async function askByApi(
  serverUrl: string,
  person: Person,
  message: string,
  threadId?: string,
): Promise<ListedTurn> {
  const { turn_id: id } = await api<{ turn_id: string }>(serverUrl, person, "/api/v1/chat", {
    method: "POST",
    body: JSON.stringify({ message, ...(threadId === undefined ? {} : { thread_id: threadId }) }),
  });
  const read = async () => (await api<{ turn: ListedTurn }>(serverUrl, person, `/api/v1/admin/turns/${id}`)).turn;
  await expect.poll(async () => (await read()).status).toMatch(/succeeded|failed/);
  return read();
}

/** Something over HTTP that takes what is sent to it. */
export class Receiver {
  readonly bodies: string[] = [];
  readonly #server: Server = createServer((request, response) => {
    let body = "";
    request.on("data", (piece) => {
      body += piece;
    });
    request.on("end", () => {
      this.bodies.push(body);
      response.writeHead(204).end();
    });
  });

  static async start(): Promise<Receiver> {
    const receiver = new Receiver();
    await new Promise<void>((resolve) => receiver.#server.listen(0, "127.0.0.1", resolve));
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/hook`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
