import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/icons.tsx";
import { useSecondsUntil } from "../../ui/use-seconds-until.ts";
import { useWaitText } from "../../ui/use-wait-text.ts";
import styles from "./composer.module.css";

/** Why sending has to wait, and until when (milliseconds since 1970). */
export interface Pause {
  /** `breaker`: the conversation rests after failures; `wait`: the server asked for a moment. */
  kind: "breaker" | "wait";
  until: number;
}

/** Says above the composer when one may send again; after a conversation's rest, that the next message is the trial. */
export function PauseNote({ pause }: { pause: Pause }) {
  const { t } = useTranslation();
  const waitText = useWaitText();
  const seconds = useSecondsUntil(pause.until);
  const isOver = seconds === 0;
  if (isOver && pause.kind === "wait") return null;
  return (
    <div className={styles.pause} data-over={isOver || undefined} id="composer-pause">
      <Icon name={isOver ? "retry" : "clock"} />
      {/* The time stands outside of what is spoken, or it would be spoken every second. */}
      <span role="status">{isOver ? t("pause.probe") : t(`pause.${pause.kind}`)}</span>
      {isOver ? null : <span className={styles.countdown}>{t("pause.left", { wait: waitText(seconds) })}</span>}
    </div>
  );
}
