import type { ServerFrame } from "../wire/frames.ts";
import { parseFrame } from "../wire/parse-frame.ts";

/** The frames of an SSE response, to its end. Leaving the loop cancels the response. */
export async function* readEventStream(response: Response): AsyncGenerator<ServerFrame, void, undefined> {
  if (response.body === null) return;
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      rest += decoder.decode(value, { stream: true });
      const { events, remainder } = splitEvents(rest);
      rest = remainder;
      for (const event of events) {
        const frame = parseFrame(dataOf(event));
        if (frame !== null) yield frame;
      }
    }
  } finally {
    // Not awaited: a body that hangs must not hold up whoever left the loop.
    reader.cancel().catch(() => undefined);
  }
}

/** Cuts off the events that are whole; an empty line ends one. */
function splitEvents(text: string): { events: string[]; remainder: string } {
  const parts = text.split(/\r\n\r\n|\n\n|\r\r/);
  const remainder = parts.pop() ?? "";
  return { events: parts, remainder };
}

function dataOf(event: string): string {
  return event
    .split(/\r\n|\n|\r/)
    .filter((line) => line.startsWith("data:"))
    .map((line) => line.slice(line.startsWith("data: ") ? 6 : 5))
    .join("\n");
}
