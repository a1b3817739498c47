import { readEventStream } from "../connection/read-event-stream.ts";
import { type Environment, wait } from "../environment.ts";
import { EvenkeelError } from "../errors/evenkeel-error.ts";
import type { HttpClient } from "../http/http-client.ts";
import type { RequestSpec } from "../http/send-request.ts";
import type { ServerFrame } from "../wire/frames.ts";
import type { Message, MessageFeedback } from "../wire/message.ts";
import type { SendMessageRequest, SendMessageResponse, StopTurnResponse } from "../wire/rest.ts";

/** Sending, stopping, answering again. */
export interface Chat {
  /**
   * Sends a message. Every send has a `client_message_id` (made here when absent): where the answer to the request is
   * lost it is sent again under the same id, and the server makes one message and one turn of it.
   */
  send(request: SendMessageRequest, signal?: AbortSignal): Promise<SendMessageResponse>;
  /** Sends, and gives the frames of that turn to its end. Leaving the loop ends the stream, not the turn. */
  stream(request: SendMessageRequest, signal?: AbortSignal): AsyncIterable<ServerFrame>;
  /** Stops the named turn, or whatever runs or waits in the thread. */
  stop(threadId: string, turnId?: string): Promise<StopTurnResponse>;
  /** Answers again; the new answer replaces this message. */
  regenerate(messageId: string): Promise<SendMessageResponse>;
  /** Says whether an answer helped, in place of what was said before; null takes it back. Gives the answer as it is then. */
  giveFeedback(messageId: string, feedback: MessageFeedback | null): Promise<Message>;
}

const maxSendTries = 3;
const firstRetryDelayMilliseconds = 1000;

/** Makes the chat part of a client. */
export function createChat(http: HttpClient, environment: Environment): Chat {
  async function send(request: SendMessageRequest, signal?: AbortSignal): Promise<SendMessageResponse> {
    const spec = sendSpec(request, environment, signal);
    for (let tries = 1; ; tries++) {
      try {
        return await http.json<SendMessageResponse>(spec);
      } catch (error) {
        if (!mayBeLost(error) || tries >= maxSendTries) throw error;
        await wait(environment, firstRetryDelayMilliseconds * 2 ** (tries - 1) * (0.5 + environment.random()), signal);
      }
    }
  }

  return {
    send,
    stream: async function* stream(request, signal) {
      const response = await http.response({ ...sendSpec(request, environment, signal), accept: "text/event-stream" });
      yield* readEventStream(response);
    },
    stop: (threadId, turnId) =>
      http.json({
        method: "POST",
        path: `/api/v1/chat/${encodeURIComponent(threadId)}/stop`,
        body: turnId === undefined ? {} : { turn_id: turnId },
      }),
    regenerate: (messageId) =>
      http.json({ method: "POST", path: `/api/v1/messages/${encodeURIComponent(messageId)}/regenerate` }),
    giveFeedback: (messageId, feedback) =>
      http.json({
        method: "POST",
        path: `/api/v1/messages/${encodeURIComponent(messageId)}/feedback`,
        body: feedback ?? { value: null },
      }),
  };
}

function sendSpec(request: SendMessageRequest, environment: Environment, signal?: AbortSignal): RequestSpec {
  return {
    method: "POST",
    path: "/api/v1/chat",
    body: { ...request, client_message_id: request.client_message_id ?? environment.newId() },
    correlationId: environment.newId(),
    signal,
  };
}

/** No answer, or one that our server did not write: it may or may not have the message. */
function mayBeLost(error: unknown): boolean {
  if (!(error instanceof EvenkeelError)) return false;
  return error.code === "network_error" || error.code === "invalid_response" || isGatewayFailure(error);
}

function isGatewayFailure(error: EvenkeelError): boolean {
  return error.code === "server_error" && [502, 503, 504].includes(error.status);
}
