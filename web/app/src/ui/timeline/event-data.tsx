import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CopyButton } from "../copy-button.tsx";
import styles from "./timeline.module.css";

/** The data of an event, shown when it is opened. */
export function EventData({ data }: { data: unknown }) {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details className={styles.data} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>{t("timeline.data")}</summary>
      {/* Lists are long and few open any: text nobody sees is not made. */}
      {isOpen ? <Text text={JSON.stringify(data, null, 2)} /> : null}
    </details>
  );
}

function Text({ text }: { text: string }) {
  const { t } = useTranslation();
  return (
    <div className={styles.text}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: who scrolls by keyboard has to get there. */}
      <pre tabIndex={0}>{text}</pre>
      <CopyButton text={text} label={t("timeline.copy_data")} />
    </div>
  );
}
