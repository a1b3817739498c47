import type { Recommendation } from "@evenkeel/sdk";
import { useTranslation } from "react-i18next";
import { EventCard } from "../../ui/events/event-card.tsx";
import styles from "./messages.module.css";

interface RecommendedEventsProps {
  messageId: string;
  recommendations: readonly Recommendation[];
}

/** Events that go with an answer, the fittest first, each with the number it is cited by and the reason in words. */
export function RecommendedEvents({ messageId, recommendations }: RecommendedEventsProps) {
  const { t } = useTranslation();
  if (recommendations.length === 0) return null;
  return (
    <section className={styles.events} aria-label={t("answer.events")}>
      <h4>{t("answer.events")}</h4>
      <ul data-cards>
        {recommendations.map(({ event, reason, index }) => (
          <li key={event.id} id={cardId(messageId, event.id)} tabIndex={-1}>
            <EventCard event={event}>
              <p className={styles.reason}>
                {index === undefined ? null : <span className={styles.sourceIndex}>{index}</span>}
                {reason === "all" ? null : <span>{t(`answer.reason_${reason}`)}</span>}
              </p>
            </EventCard>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Leads from a number in an answer to the card of its event. */
export function showEvent(messageId: string, eventId: string): void {
  document.getElementById(cardId(messageId, eventId))?.focus();
}

// The same event may be recommended more than once in a conversation.
function cardId(messageId: string, eventId: string): string {
  return `event-${messageId}-${eventId}`;
}
