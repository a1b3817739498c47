import type { TurnSummary } from "@evenkeel/sdk";
import { Checkbox } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { formatDuration } from "../../ui/format-duration.ts";
import { Icon, type IconName } from "../../ui/icons.tsx";
import { turnAddress } from "../../ui/operations-addresses.ts";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { thumbs } from "./turn-feedback.tsx";
import { TurnStatusBadge } from "./turn-status.tsx";
import { turnTimes } from "./turn-times.ts";
import styles from "./turns.module.css";

interface TurnRowProps {
  turn: TurnSummary;
  /** Name of its chatbot, where it is known. */
  chatbot: string | undefined;
  isChosen: boolean;
  onChoose: (isChosen: boolean) => void;
}

/** A turn in the list. */
export function TurnRow({ turn, chatbot, isChosen, onChoose }: TurnRowProps) {
  const { t, i18n } = useTranslation();
  const { waited, worked } = turnTimes(turn);
  const shortId = turn.id.slice(-12);
  return (
    <li className={styles.row}>
      <Checkbox
        aria-label={t("turns.choose", { id: shortId })}
        checked={isChosen}
        onChange={(event) => onChoose(event.currentTarget.checked)}
      />
      <div className={styles.main}>
        <p className={styles.name}>
          <Link to={turnAddress(turn.id)} title={turn.id}>
            <code>{shortId}</code>
          </Link>
          {turn.is_pinned ? <Sign icon="lock" meaning={t("turns.pinned")} /> : null}
          {turn.feedback === undefined ? null : (
            <Sign icon={thumbs[turn.feedback]} meaning={t(`feedback.${turn.feedback}`)} />
          )}
        </p>
        <p className={styles.note}>
          {turn.error_code === undefined ? null : <code>{turn.error_code}</code>}
          {turn.attempt > 1 ? <span>{t("timeline.attempt", { attempt: turn.attempt })}</span> : null}
          {chatbot === undefined ? null : <span>{chatbot}</span>}
          {turn.model === undefined ? null : <span>{turn.model}</span>}
        </p>
      </div>
      <div className={styles.state}>
        <TurnStatusBadge status={turn.status} />
      </div>
      <p className={styles.times}>
        {waited === undefined ? null : (
          <span>{t("turns.waited_short", { time: formatDuration(waited, i18n.language) })}</span>
        )}
        {worked === undefined ? null : (
          <span>{t("turns.worked_short", { time: formatDuration(worked, i18n.language) })}</span>
        )}
      </p>
      <p className={styles.when}>
        <RelativeTime at={turn.queued_at} />
      </p>
    </li>
  );
}

/** A small sign behind the name, with its meaning for who points at it or cannot see it. */
function Sign({ icon, meaning }: { icon: IconName; meaning: string }) {
  return (
    <span title={meaning} className={styles.sign}>
      <Icon name={icon} size={14} />
      <span className="visually-hidden">{meaning}</span>
    </span>
  );
}
