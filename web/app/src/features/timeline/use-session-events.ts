import type { EventWatchState, TimelineEvent } from "@evenkeel/sdk";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useClient } from "../../session/client-context.ts";
import { mergeEvents } from "./merge-events.ts";
import { sessionQuery } from "./timeline-queries.ts";

/** What arrives within so long is shown together: a busy session must not draw the page anew for every event. */
const gatherMilliseconds = 100;

/** The events of a session: those recorded so far, and while `isLive` those that are recorded from now on. */
export function useSessionEvents(sessionId: string, isLive: boolean) {
  const client = useClient();
  const queries = useQueryClient();
  const query = useQuery(sessionQuery(client, sessionId));
  const [state, setState] = useState<EventWatchState>({ kind: "connecting" });
  const isLoaded = query.data !== undefined;
  useEffect(() => {
    if (!isLive || !isLoaded) return undefined;
    const { queryKey } = sessionQuery(client, sessionId);
    let gathered: TimelineEvent[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = () => {
      const more = gathered;
      gathered = [];
      timer = undefined;
      queries.setQueryData<readonly TimelineEvent[]>(queryKey, (known = []) => mergeEvents(known, more));
    };
    const watch = client.timeline.watch(sessionId, {
      // Where it stopped before, so that nothing between two watches is missed.
      afterSeq: queries.getQueryData<readonly TimelineEvent[]>(queryKey)?.at(-1)?.seq ?? 0,
      onEvent: (event) => {
        gathered.push(event);
        timer ??= setTimeout(show, gatherMilliseconds);
      },
      onState: setState,
    });
    return () => {
      watch.close();
      clearTimeout(timer);
      if (gathered.length > 0) show();
    };
  }, [client, queries, sessionId, isLive, isLoaded]);
  return { query, events: query.data ?? [], state };
}
