import type { Recommendation } from "@evenkeel/sdk";
import { useTranslation } from "react-i18next";
import { EventCard } from "../../ui/events/event-card.tsx";
import styles from "./messages.module.css";

/** Events that go with an answer, the fittest first, each with the reason in words. */
export function RecommendedEvents({ recommendations }: { recommendations: readonly Recommendation[] }) {
  const { t } = useTranslation();
  if (recommendations.length === 0) return null;
  return (
    <section className={styles.events} aria-label={t("answer.events")}>
      <h4>{t("answer.events")}</h4>
      <ul data-cards>
        {recommendations.map(({ event, reason }) => (
          <li key={event.id}>
            <EventCard event={event}>
              <p className={styles.reason}>{t(`answer.reason_${reason}`)}</p>
            </EventCard>
          </li>
        ))}
      </ul>
    </section>
  );
}
