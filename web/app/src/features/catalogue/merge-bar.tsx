import type { CatalogueLocation } from "@evenkeel/sdk";
import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./catalogue.module.css";
import { MergeModal } from "./merge-modal.tsx";

interface MergeBarProps {
  chosen: readonly CatalogueLocation[];
  onChange: (chosen: readonly CatalogueLocation[]) => void;
}

/** What can be done with the places that are chosen. */
export function MergeBar({ chosen, onChange }: MergeBarProps) {
  const { t } = useTranslation();
  const [isMerging, setIsMerging] = useState(false);
  return (
    <>
      {chosen.length === 0 ? null : (
        <div className={styles.bar}>
          <p role="status">{t("catalogue.chosen", { count: chosen.length })}</p>
          <Button size="xs" disabled={chosen.length < 2} onClick={() => setIsMerging(true)}>
            {t("catalogue.merge")}
          </Button>
          <Button size="xs" variant="default" onClick={() => onChange([])}>
            {t("catalogue.choose_none")}
          </Button>
        </div>
      )}
      {isMerging ? (
        <MergeModal locations={chosen} onClose={() => setIsMerging(false)} onMerged={() => onChange([])} />
      ) : null}
    </>
  );
}
