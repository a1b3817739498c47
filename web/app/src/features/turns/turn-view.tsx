import { NotFoundError, type TurnRecord } from "@evenkeel/sdk";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useClient } from "../../session/client-context.ts";
import { Missing } from "../../ui/missing.tsx";
import { turnsAddress } from "../../ui/operations-addresses.ts";
import { Placeholder } from "../../ui/placeholder.tsx";
import { QueryProblem } from "../../ui/query-problem.tsx";
import { EventRow } from "../../ui/timeline/event-row.tsx";
import timelineStyles from "../../ui/timeline/timeline.module.css";
import { Trail } from "../../ui/trail.tsx";
import { TurnActions } from "./turn-actions.tsx";
import { TurnFacts } from "./turn-facts.tsx";
import { TurnFeedbackPanel } from "./turn-feedback.tsx";
import { turnQuery } from "./turn-queries.ts";
import styles from "./turns.module.css";

/** A turn: what is known of it, and everything that happened in it. */
export function TurnView({ turnId, chatbots }: { turnId: string; chatbots: readonly { id: string; name: string }[] }) {
  const { t } = useTranslation();
  const query = useQuery(turnQuery(useClient(), turnId));
  if (query.error instanceof NotFoundError) {
    return (
      <Missing title={t("turns.gone")} text={t("turns.gone_text")} to={turnsAddress()}>
        {t("turns.to_list")}
      </Missing>
    );
  }
  return (
    <>
      <Trail parents={[{ to: turnsAddress(), label: t("turns.title") }]} current={turnId.slice(-12)} />
      <QueryProblem query={query} title={t("turns.turn_failed")} />
      {query.isPending ? <Placeholder heights={[120, 320]} /> : null}
      {query.data === undefined ? null : <Turn record={query.data} chatbots={chatbots} />}
    </>
  );
}

interface TurnProps {
  record: TurnRecord;
  chatbots: readonly { id: string; name: string }[];
}

function Turn({ record: { turn, events, feedback }, chatbots }: TurnProps) {
  const { t } = useTranslation();
  const begin = Date.parse(turn.queued_at);
  // What comes later, such as feedback, does not belong to the time it took.
  const last =
    turn.ended_at === undefined
      ? events.reduce((latest, { timestamp }) => Math.max(latest, Date.parse(timestamp)), begin)
      : Date.parse(turn.ended_at);
  const whole = Math.max(1, last - begin);
  return (
    <div className={styles.layout}>
      <section aria-label={t("turns.timeline")}>
        <h2>{t("turns.timeline")}</h2>
        {events.length === 0 ? <p>{t("turns.no_events")}</p> : null}
        <ol className={timelineStyles.events}>
          {events.map((event) => (
            <EventRow
              key={event.id}
              event={event}
              span={{
                offset: Date.parse(event.timestamp) - begin - (event.processing_time_ms ?? 0),
                whole,
              }}
            />
          ))}
        </ol>
      </section>
      <aside aria-label={t("turns.facts")}>
        {feedback === undefined ? null : <TurnFeedbackPanel feedback={feedback} />}
        <TurnFacts turn={turn} chatbot={chatbots.find(({ id }) => id === turn.chatbot_id)?.name} />
        <TurnActions turn={turn} />
      </aside>
    </div>
  );
}
