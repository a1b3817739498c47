import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/icons.tsx";
import styles from "./composer.module.css";

/** Results of a search that questions are about. */
export interface AboutResults {
  handle: string;
  /** 0 = not known. */
  count: number;
}

interface AboutChipProps {
  about: AboutResults;
  onRemove: () => void;
}

/** Says that questions are about the results of a search only, and lets that be taken back. */
export function AboutChip({ about, onRemove }: AboutChipProps) {
  const { t } = useTranslation();
  return (
    <p className={styles.about} id="composer-about">
      <Icon name="search" size={15} />
      <span>{about.count === 0 ? t("composer.about") : t("composer.about_count", { count: about.count })}</span>
      <button type="button" aria-label={t("composer.about_remove")} onClick={onRemove}>
        <Icon name="close" size={13} />
      </button>
    </p>
  );
}
