import type { CancelSchedule } from "../environment.ts";
import { EvenkeelError } from "../errors/evenkeel-error.ts";
import type { ClientFrame, ServerFrame } from "../wire/frames.ts";
import type { ClosedReason, ConnectionState } from "./connection-state.ts";
import { backoffMilliseconds, type NextStep, nextStep, nextStepAfterError } from "./next-step.ts";
import { type ConnectionParts, fetchStreamTicket, openTransport, type TransportPlan } from "./open-transport.ts";
import { createTokenRenewal, type TokenRenewal } from "./token-renewal.ts";
import type { Transport, TransportEnd } from "./transport.ts";

/** What a connection serves. */
export interface ConnectionOptions {
  readonly threadId: string;
  /** The position to resume from. */
  readonly afterSeq: () => number;
  /** Runs before a stream is opened; what it throws counts as a failure to connect. */
  readonly prepare: () => Promise<void>;
  readonly onFrame: (frame: ServerFrame) => void;
  readonly onState: (state: ConnectionState) => void;
}

const silenceMilliseconds = 60_000;
/** A connection that lasted this long was a good one: counting of tries starts anew. */
const stableMilliseconds = 5000;
const maxTokenTries = 2;
/** Where WebSockets do not get through, they are tried again after this long. */
const preferEventStreamMilliseconds = 300_000;
/** A page that wakes up trusts a connection that was heard of this recently; pings come every 15 s. */
const recentMilliseconds = 20_000;

/** Keeps a stream of frames open: one of its two transports, reconnecting and refreshing until told to stop. */
export class Connection {
  readonly #parts: ConnectionParts;
  readonly #options: ConnectionOptions;
  #state: ConnectionState = { kind: "connecting" };
  #transport: Transport | null = null;
  #renewal: TokenRenewal | null = null;
  #cancelSilence: CancelSchedule = () => undefined;
  #cancelReconnect: CancelSchedule = () => undefined;
  #attempt = 0;
  #tokenTries = 0;
  #token = "";
  #openedAt: number | null = null;
  #heardAt = 0;
  #eventStreamUntil = 0;
  /** Counts openings, so that what an abandoned one still brings is ignored. */
  #opening = 0;

  constructor(parts: ConnectionParts, options: ConnectionOptions) {
    this.#parts = parts;
    this.#options = options;
  }

  /** Opens the first stream. */
  start(): void {
    void this.#open();
  }

  /** Sends a frame if there is a socket to carry it. */
  send(frame: ClientFrame): boolean {
    return this.#state.kind === "open" && (this.#transport?.send(frame) ?? false);
  }

  /** Asks for everything after the position again. */
  resume(): void {
    if (this.#state.kind !== "open") return;
    if (!this.send({ type: "resume", after_seq: this.#options.afterSeq() })) this.restart();
  }

  /** Drops the stream and opens another. */
  restart(): void {
    if (this.#state.kind === "closed") return;
    this.#drop();
    this.#reconnectAfter(0, 0);
  }

  /** To be called when the page wakes up or the network is back: connects now, unless the stream was heard of lately. */
  wake(): void {
    const isRecent = this.#parts.environment.now() - this.#heardAt < recentMilliseconds;
    if (this.#state.kind === "open" && !isRecent) this.restart();
    if (this.#state.kind !== "reconnecting" || this.#state.retryAt === null) return;
    this.#cancelReconnect();
    void this.#open();
  }

  /** Ends for good. */
  close(reason: ClosedReason): void {
    if (this.#state.kind === "closed") return;
    this.#drop();
    this.#setState({ kind: "closed", reason });
  }

  async #open(): Promise<void> {
    const opening = ++this.#opening;
    if (this.#state.kind !== "connecting") {
      this.#setState({ kind: "reconnecting", attempt: this.#attempt, retryAt: null });
    }
    try {
      this.#token = await this.#parts.session.accessToken();
      const [plan] = await Promise.all([this.#plan(), this.#options.prepare()]);
      if (opening === this.#opening) this.#openTransport(plan);
    } catch (error) {
      if (opening !== this.#opening) return;
      this.#follow(error instanceof EvenkeelError ? nextStepAfterError(error) : nextStep({ kind: "unreachable" }));
    }
  }

  async #plan(): Promise<TransportPlan> {
    const now = this.#parts.environment.now();
    if (now < this.#eventStreamUntil) return { kind: "sse" };
    return { kind: "websocket", ticket: await fetchStreamTicket(this.#parts) };
  }

  #openTransport(plan: TransportPlan): void {
    const opening = this.#opening;
    const position = { threadId: this.#options.threadId, afterSeq: this.#options.afterSeq() };
    this.#watchSilence();
    this.#transport = openTransport(this.#parts, plan, position, {
      onFrame: (frame) => {
        if (opening === this.#opening) this.#receive(frame);
      },
      onEnd: (end) => {
        if (opening === this.#opening) this.#afterEnd(end, plan);
      },
    });
  }

  #receive(frame: ServerFrame): void {
    this.#heardAt = this.#parts.environment.now();
    this.#watchSilence();
    if (frame.type === "ping") this.send({ type: "pong" });
    if (frame.type === "token_renewed") this.#renewal?.expectExpiry(frame.expires_in_seconds);
    if (frame.type === "chat_status" && frame.event === "connected") {
      this.#greeted(frame.token_expires_in_seconds);
    }
    this.#options.onFrame(frame);
  }

  #greeted(tokenExpiresInSeconds: number | undefined): void {
    const transport = this.#transport;
    // A resume is greeted again on the same stream.
    if (transport === null || this.#openedAt !== null) return;
    this.#openedAt = this.#parts.environment.now();
    if (transport.kind === "sse" && this.#eventStreamUntil <= this.#openedAt) {
      this.#eventStreamUntil = this.#openedAt + preferEventStreamMilliseconds;
    }
    if (transport.kind === "websocket") {
      const sendToken = (token: string) => void transport.send({ type: "auth", token });
      this.#renewal = createTokenRenewal(this.#parts, this.#token, sendToken, () => this.close("signed_out"));
      if (tokenExpiresInSeconds !== undefined) this.#renewal.expectExpiry(tokenExpiresInSeconds);
    }
    this.#setState({ kind: "open", transport: transport.kind });
  }

  #afterEnd(end: TransportEnd, plan: TransportPlan): void {
    const wasOpen = this.#openedAt !== null;
    this.#drop();
    // The same try goes on over SSE: where the server is down altogether, that fails as well and says so.
    if (end.kind === "unreachable" && plan.kind === "websocket") {
      this.#openTransport({ kind: "sse" });
      return;
    }
    // The way around did not work either; next time the better transport is tried first again.
    if (plan.kind === "sse" && !wasOpen) this.#eventStreamUntil = 0;
    const step = nextStep(end);
    // The token was good for that connection: another refusal later is not one in a row.
    if (wasOpen && step.kind !== "refresh") this.#tokenTries = 0;
    this.#follow(step);
  }

  #follow(step: NextStep): void {
    switch (step.kind) {
      case "stop":
        this.close(step.reason);
        break;
      case "refresh":
        void this.#refresh();
        break;
      case "reconnect":
        this.#reconnectAfter(step.waitMilliseconds, step.jitterMilliseconds);
        break;
    }
  }

  async #refresh(): Promise<void> {
    if (++this.#tokenTries > maxTokenTries) return this.close("signed_out");
    const opening = ++this.#opening;
    this.#setState({ kind: "refreshing_token" });
    try {
      await this.#parts.session.replaceToken(this.#token);
      if (opening === this.#opening) await this.#open();
    } catch (error) {
      if (opening !== this.#opening) return;
      this.#follow(error instanceof EvenkeelError ? nextStepAfterError(error) : nextStep({ kind: "unreachable" }));
    }
  }

  #reconnectAfter(waitMilliseconds: number, jitterMilliseconds: number): void {
    const { environment } = this.#parts;
    const asked = waitMilliseconds + jitterMilliseconds * environment.random();
    const delay = Math.max(asked, backoffMilliseconds(this.#attempt, environment.random()));
    this.#attempt++;
    if (this.#state.kind !== "stale") {
      this.#setState({ kind: "reconnecting", attempt: this.#attempt, retryAt: environment.now() + delay });
    }
    this.#cancelReconnect();
    this.#cancelReconnect = environment.schedule(() => void this.#open(), delay);
  }

  #watchSilence(): void {
    this.#cancelSilence();
    this.#cancelSilence = this.#parts.environment.schedule(() => {
      this.#drop();
      this.#setState({ kind: "stale" });
      this.#reconnectAfter(0, 0);
    }, silenceMilliseconds);
  }

  /** Lets go of the stream and of every timer. */
  #drop(): void {
    const { environment } = this.#parts;
    this.#opening++;
    this.#cancelSilence();
    this.#cancelReconnect();
    this.#renewal?.stop();
    this.#renewal = null;
    this.#transport?.close();
    this.#transport = null;
    if (this.#openedAt !== null && environment.now() - this.#openedAt >= stableMilliseconds) {
      this.#attempt = 0;
      this.#tokenTries = 0;
    }
    this.#openedAt = null;
  }

  #setState(state: ConnectionState): void {
    this.#state = state;
    this.#options.onState(state);
  }
}
