import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import type { ServerFrame } from "../../src/wire/frames.ts";
import type { MessageFeedback } from "../../src/wire/message.ts";
import { ScriptedTokens } from "./scripted-tokens.ts";
import { ThreadModel } from "./thread-model.ts";

/** One request as it arrived. */
export interface ArrivedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage["headers"];
  readonly body: Record<string, unknown>;
}

/** How one request is answered instead of by the contract; `drop` loses the answer after the work was done. */
export type Fault =
  | { readonly kind: "drop" }
  | { readonly kind: "problem"; readonly status: number; readonly body: Record<string, unknown> }
  | { readonly kind: "html"; readonly status: number };

/** A server of the contract over real HTTP and real sockets that does what a test says. */
export class ScriptedServer {
  readonly tokens = new ScriptedTokens();
  readonly thread = new ThreadModel("thread-1");
  readonly requests: ArrivedRequest[] = [];
  /** What clients sent over sockets. */
  readonly received: Record<string, unknown>[] = [];
  /** The `after_seq` of every stream opened. */
  readonly streams: { readonly transport: "websocket" | "sse"; readonly afterSeq: number }[] = [];
  acceptsWebSockets = true;
  /** What the next greeting says. */
  recovered = true;
  tokenLifetimeOfSockets = 900;
  readonly #http = createServer((request, response) => void this.#answer(request, response));
  readonly #sockets = new WebSocketServer({ noServer: true });
  readonly #eventStreams = new Set<ServerResponse>();
  readonly #faults: { readonly path: string; readonly fault: Fault }[] = [];
  readonly #closeOnOpen: { readonly code: number; readonly reason: string }[] = [];
  readonly #waiting = new Set<() => void>();
  readonly #sentIds = new Map<string, Record<string, unknown>>();
  #ticketNumber = 0;
  readonly #tickets = new Set<string>();

  static async start(): Promise<ScriptedServer> {
    const server = new ScriptedServer();
    server.#http.on("upgrade", (request, socket, head) => {
      if (!server.acceptsWebSockets) socket.destroy();
      else server.#sockets.handleUpgrade(request, socket, head, (open) => server.#openSocket(open, request));
    });
    await new Promise<void>((resolve) => server.#http.listen(0, "127.0.0.1", resolve));
    return server;
  }

  get baseUrl(): string {
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#http.closeAllConnections();
    await new Promise((resolve) => this.#http.close(resolve));
  }

  /** The next request to this path meets a fault. */
  failNext(path: string, fault: Fault): void {
    this.#faults.push({ path, fault });
  }

  /** The next socket is accepted and then closed with this code. */
  closeNextSocket(code: number, reason = ""): void {
    this.#closeOnOpen.push({ code, reason });
  }

  broadcast(frames: readonly ServerFrame[]): void {
    for (const frame of frames) {
      for (const socket of this.#sockets.clients) socket.send(JSON.stringify(frame));
      for (const stream of this.#eventStreams) stream.write(eventText(frame));
    }
  }

  /** Ends every stream. */
  dropStreams(code = 1006, reason = ""): void {
    for (const socket of this.#sockets.clients) code === 1006 ? socket.terminate() : socket.close(code, reason);
    for (const stream of this.#eventStreams) stream.end();
    this.#eventStreams.clear();
  }

  /** Waits until something that arrived makes this true. */
  until(isSo: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const check = () => {
        if (!isSo()) return;
        this.#waiting.delete(check);
        resolve();
      };
      this.#waiting.add(check);
      check();
    });
  }

  count(path: string): number {
    return this.requests.filter((request) => request.path === path).length;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const arrived = await readRequest(request);
    this.requests.push(arrived);
    const fault = this.#takeFault(arrived.path);
    if (fault?.kind === "problem") problem(response, fault.status, fault.body);
    else if (fault?.kind === "html") response.writeHead(fault.status, { "content-type": "text/html" }).end("<html>");
    else this.#route(arrived, fault === null ? response : null, request);
    this.#signal();
  }

  /** Without a response the work is done and the connection is cut. */
  #route(arrived: ArrivedRequest, response: ServerResponse | null, request: IncomingMessage): void {
    const answer = (status: number, body: Record<string, unknown>) => {
      if (response === null) request.socket.destroy();
      else if (status >= 400) problem(response, status, body);
      else response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    };
    const { path, body } = arrived;
    if (path === "/auth/refresh") return answer(...this.tokens.refresh(String(body["refresh_token"])));
    if (path === "/auth/login") return answer(200, { ...identity, ...this.tokens.issue() });
    const refusal = this.tokens.check(arrived.headers.authorization);
    if (refusal !== null) return answer(401, { error_code: refusal });
    if (path === "/auth/me") return answer(200, identity);
    if (path === "/auth/refresh-for-streaming") return answer(200, this.#issueTicket());
    if (path === "/api/v1/chat" && arrived.headers.accept === "text/event-stream") return this.#streamTurn(response);
    if (path === "/api/v1/chat") return answer(202, this.#accept(body));
    if (path.endsWith("/regenerate")) return answer(202, accepted(this.thread.newId("turn"), path, 0));
    if (path.endsWith("/feedback")) return answer(...this.#giveFeedback(path.split("/")[4] ?? "", body));
    if (path.endsWith("/stop")) return answer(202, {});
    if (path.endsWith("/messages")) return answer(200, { ...this.thread.page(50, beforeSeqOf(arrived)) });
    if (path.endsWith("/stream") && response !== null) return this.#openEventStream(arrived, response);
    answer(404, { error_code: "not_found" });
  }

  #giveFeedback(messageId: string, body: Record<string, unknown>): [number, Record<string, unknown>] {
    const feedback = body["value"] === null ? undefined : (body as unknown as MessageFeedback);
    const message = this.thread.giveFeedback(messageId, feedback);
    return message === undefined ? [404, { error_code: "not_found" }] : [200, { ...message }];
  }

  #accept(body: Record<string, unknown>): Record<string, unknown> {
    const clientMessageId = String(body["client_message_id"]);
    const known = this.#sentIds.get(clientMessageId);
    if (known !== undefined) return known;
    const { frame, turnId } = this.thread.addUserMessage(String(body["message"]), clientMessageId);
    const answer = accepted(turnId, frame.id, frame.seq);
    this.#sentIds.set(clientMessageId, answer);
    this.broadcast([frame]);
    return answer;
  }

  #streamTurn(response: ServerResponse | null): void {
    const { frame, turnId } = this.thread.addUserMessage("question");
    const frames = [frame, ...this.thread.startTurn(turnId), ...this.thread.write("answer")];
    const text = [...frames, ...this.thread.finish("complete")].map(eventText).join("");
    response?.writeHead(200, { "content-type": "text/event-stream" }).end(text);
  }

  #issueTicket(): Record<string, unknown> {
    const ticket = `ticket-${++this.#ticketNumber}`;
    this.#tickets.add(ticket);
    return {
      valid: true,
      user_id: "user",
      token_expires_in_seconds: 900,
      should_refresh: false,
      stream_ticket: ticket,
      ticket_expires_in_seconds: 60,
    };
  }

  #openSocket(socket: WebSocket, request: IncomingMessage): void {
    const url = new URL(request.url ?? "/", this.baseUrl);
    const closing = this.#closeOnOpen.shift();
    if (closing !== undefined) return socket.close(closing.code, closing.reason);
    if (!this.#tickets.delete(url.searchParams.get("token") ?? "")) return socket.close(4401, "");
    socket.on("message", (data) => {
      const frame = JSON.parse(String(data)) as Record<string, unknown>;
      this.received.push(frame);
      if (frame["type"] === "resume") send(socket, this.thread.replay(Number(frame["after_seq"])));
      if (frame["type"] === "auth") send(socket, [{ type: "token_renewed", expires_in_seconds: 900 }]);
      this.#signal();
    });
    const afterSeq = Number(url.searchParams.get("after_seq"));
    send(socket, this.#greet(afterSeq));
    this.streams.push({ transport: "websocket", afterSeq });
    this.#signal();
  }

  #openEventStream(arrived: ArrivedRequest, response: ServerResponse): void {
    const afterSeq = Number(arrived.query.get("after_seq"));
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(": hello\n\n");
    for (const frame of this.#greet(afterSeq)) response.write(eventText(frame));
    this.#eventStreams.add(response);
    this.streams.push({ transport: "sse", afterSeq });
  }

  #greet(afterSeq: number): readonly ServerFrame[] {
    const frames = this.thread.connect(afterSeq, this.recovered);
    return frames.map((frame) =>
      frame.type === "chat_status" && frame.event === "connected"
        ? { ...frame, token_expires_in_seconds: this.tokenLifetimeOfSockets }
        : frame,
    );
  }

  #takeFault(path: string): Fault | null {
    const index = this.#faults.findIndex((entry) => entry.path === path);
    return index < 0 ? null : (this.#faults.splice(index, 1)[0]?.fault ?? null);
  }

  #signal(): void {
    for (const check of [...this.#waiting]) check();
  }
}

const identity = {
  user: { id: "user", email: "ada@example.com", display_name: "Ada", locale: "en", created_at: "" },
  organization: { id: "organization", name: "Ada", created_at: "" },
  role: "owner",
  is_operator: true,
};

function accepted(turnId: string, messageId: string, seq: number): Record<string, unknown> {
  return {
    thread_id: "thread-1",
    message_id: messageId,
    turn_id: turnId,
    seq,
    correlation_id: "correlation",
    queue: { position: 0, estimated_wait_ms: 0 },
    stream_url: "",
    socket_url: "",
  };
}

function send(socket: WebSocket, frames: readonly ServerFrame[]): void {
  for (const frame of frames) socket.send(JSON.stringify(frame));
}

function eventText(frame: ServerFrame): string {
  return `${"seq" in frame ? `id: ${frame.seq}\n` : ""}data: ${JSON.stringify(frame)}\n\n`;
}

function beforeSeqOf(arrived: ArrivedRequest): number {
  return Number(arrived.query.get("before_seq") ?? Number.POSITIVE_INFINITY);
}

function problem(response: ServerResponse, status: number, body: Record<string, unknown>): void {
  const envelope = { message: `problem ${status}`, retryable: false, correlation_id: "from-server", status, ...body };
  response.writeHead(status, { "content-type": "application/problem+json" }).end(JSON.stringify(envelope));
}

async function readRequest(request: IncomingMessage): Promise<ArrivedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString("utf8");
  const url = new URL(request.url ?? "/", "http://server");
  return {
    method: request.method ?? "",
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    body: text === "" ? {} : (JSON.parse(text) as Record<string, unknown>),
  };
}
