import type { TurnFeedback } from "@evenkeel/sdk";
import { useTranslation } from "react-i18next";
import { Badge } from "../../ui/badge.tsx";
import recordStyles from "../../ui/records.module.css";
import { RelativeTime } from "../../ui/relative-time.tsx";
import styles from "./turns.module.css";

/** The icon of each value. */
export const thumbs = { up: "thumbUp", down: "thumbDown" } as const;
const tones = { up: "good", down: "warning" } as const;

/** What a person said of the answer, in their own words where they wrote some. */
export function TurnFeedbackPanel({ feedback: { value, comment, given_at, changed_at } }: { feedback: TurnFeedback }) {
  const { t } = useTranslation();
  return (
    <section className={recordStyles.panel} aria-labelledby="turn-feedback">
      <div className={recordStyles.line}>
        <h2 id="turn-feedback">{t("turns.feedback")}</h2>
        <Badge tone={tones[value]} icon={thumbs[value]}>
          {t(`feedback.${value}`)}
        </Badge>
      </div>
      <p className={styles.comment}>{comment ?? t("turns.no_comment")}</p>
      <p className={styles.given}>
        {given_at === undefined ? null : (
          <span>
            {t("turns.feedback_given")} <RelativeTime at={given_at} />
          </span>
        )}
        {changed_at === undefined ? null : (
          <span>
            {t("turns.feedback_changed")} <RelativeTime at={changed_at} />
          </span>
        )}
      </p>
    </section>
  );
}
