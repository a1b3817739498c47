import type { EventTypeDescription } from "@evenkeel/sdk";
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { timelineAddress } from "../../ui/operations-addresses.ts";
import styles from "../../ui/records.module.css";

interface TypeRowProps {
  type: EventTypeDescription;
  onChange: () => void;
  onDelete: () => void;
}

/** An event type in the list. */
export function TypeRow({ type, onChange, onDelete }: TypeRowProps) {
  const { t, i18n } = useTranslation();
  return (
    <>
      <div className={styles.line}>
        <p className={styles.name}>
          {type.emoji} {i18n.language === "zh" ? type.chinese : type.english}
        </p>
        {type.is_built_in ? null : (
          <div className={styles.buttons}>
            <Button size="compact-xs" variant="default" onClick={onChange}>
              {t("event_types.change")}
            </Button>
            <Button size="compact-xs" variant="default" onClick={onDelete}>
              {t("event_types.delete")}
            </Button>
          </div>
        )}
      </div>
      <p className={styles.facts}>
        <Link to={timelineAddress({ type: type.event_type })}>
          <code>{type.event_type}</code>
        </Link>
        <span>{t(`event_types.retention_${type.retention}`)}</span>
        <span>{t(`event_types.privacy_${type.privacy}`)}</span>
      </p>
    </>
  );
}
