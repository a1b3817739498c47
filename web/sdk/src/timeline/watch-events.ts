import type { ClosedReason } from "../connection/connection-state.ts";
import { backoffMilliseconds, type NextStep, nextStep, nextStepAfterError } from "../connection/next-step.ts";
import { type ConnectionParts, fetchStreamTicket } from "../connection/open-transport.ts";
import type { Transport, TransportEnd } from "../connection/transport.ts";
import { openWebSocketTransport } from "../connection/websocket-transport.ts";
import type { CancelSchedule } from "../environment.ts";
import { EvenkeelError } from "../errors/evenkeel-error.ts";
import type { ServerFrame } from "../wire/frames.ts";
import type { TimelineEvent } from "../wire/timeline-event.ts";

/** What a watch is doing. */
export type EventWatchState =
  | { readonly kind: "connecting" }
  | { readonly kind: "open" }
  /** `retryAt`: milliseconds since 1970. */
  | { readonly kind: "reconnecting"; readonly retryAt: number }
  | { readonly kind: "closed"; readonly reason: ClosedReason };

/** What is watched. */
export interface EventWatchOptions {
  /** Events with a higher `seq` are given. */
  readonly afterSeq: number;
  /** Language of the texts of events. */
  readonly locale?: string;
  /** In order of `seq`, each once. */
  readonly onEvent: (event: TimelineEvent) => void;
  readonly onState?: (state: EventWatchState) => void;
}

/** A watch over the events of a session. */
export interface EventWatch {
  close(): void;
}

const silenceMilliseconds = 60_000;
const maxTokenTries = 2;

/** Follows the events of a session over a WebSocket; after a lost connection it goes on behind the last event it gave. */
export function watchEvents(parts: ConnectionParts, sessionId: string, options: EventWatchOptions): EventWatch {
  const watch = new Watch(parts, sessionId, options);
  void watch.open();
  return { close: () => watch.close("left") };
}

class Watch {
  readonly #parts: ConnectionParts;
  readonly #sessionId: string;
  readonly #options: EventWatchOptions;
  #afterSeq: number;
  #transport: Transport | null = null;
  #cancelTimer: CancelSchedule = () => undefined;
  #attempt = 0;
  #tokenTries = 0;
  #isClosed = false;
  /** Counts openings, so that what an abandoned one still brings is ignored. */
  #opening = 0;

  constructor(parts: ConnectionParts, sessionId: string, options: EventWatchOptions) {
    this.#parts = parts;
    this.#sessionId = sessionId;
    this.#options = options;
    this.#afterSeq = options.afterSeq;
  }

  async open(): Promise<void> {
    const opening = ++this.#opening;
    if (this.#attempt === 0) this.#tell({ kind: "connecting" });
    try {
      const ticket = await fetchStreamTicket(this.#parts);
      if (opening === this.#opening) this.#openTransport(ticket, opening);
    } catch (error) {
      if (opening !== this.#opening) return;
      this.#follow(error instanceof EvenkeelError ? nextStepAfterError(error) : nextStep({ kind: "unreachable" }));
    }
  }

  close(reason: ClosedReason): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#drop();
    this.#tell({ kind: "closed", reason });
  }

  #openTransport(ticket: string, opening: number): void {
    const url = new URL(`/chat/ws/events/${encodeURIComponent(this.#sessionId)}`, this.#parts.baseUrl);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    url.searchParams.set("token", ticket);
    url.searchParams.set("after_seq", String(this.#afterSeq));
    if (this.#options.locale !== undefined) url.searchParams.set("locale", this.#options.locale);
    this.#watchSilence();
    this.#transport = openWebSocketTransport(url.href, this.#parts.environment, {
      onFrame: (frame) => {
        if (opening === this.#opening) this.#receive(frame);
      },
      onEnd: (end) => {
        if (opening === this.#opening) this.#afterEnd(end);
      },
    });
  }

  #receive(frame: ServerFrame): void {
    this.#watchSilence();
    if (frame.type === "ping") this.#transport?.send({ type: "pong" });
    if (frame.type === "chat_status" && frame.event === "connected") {
      this.#attempt = 0;
      this.#tokenTries = 0;
      this.#tell({ kind: "open" });
    }
    if (frame.type !== "event" || frame.event.seq <= this.#afterSeq) return;
    this.#afterSeq = frame.event.seq;
    this.#options.onEvent(frame.event);
  }

  #afterEnd(end: TransportEnd): void {
    this.#drop();
    this.#follow(nextStep(end));
  }

  #follow(step: NextStep): void {
    if (step.kind === "stop") return this.close(step.reason);
    if (step.kind === "refresh" && ++this.#tokenTries > maxTokenTries) return this.close("signed_out");
    const { environment } = this.#parts;
    const asked =
      step.kind === "reconnect" ? step.waitMilliseconds + step.jitterMilliseconds * environment.random() : 0;
    const delay = Math.max(asked, backoffMilliseconds(this.#attempt, environment.random()));
    this.#attempt++;
    this.#tell({ kind: "reconnecting", retryAt: environment.now() + delay });
    this.#cancelTimer();
    this.#cancelTimer = environment.schedule(() => void this.open(), delay);
  }

  #watchSilence(): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#parts.environment.schedule(
      () => this.#afterEnd({ kind: "unreachable" }),
      silenceMilliseconds,
    );
  }

  /** Lets go of the socket and of every timer. */
  #drop(): void {
    this.#opening++;
    this.#cancelTimer();
    this.#transport?.close();
    this.#transport = null;
  }

  #tell(state: EventWatchState): void {
    this.#options.onState?.(state);
  }
}
