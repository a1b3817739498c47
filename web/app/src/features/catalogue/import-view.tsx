import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Trail } from "../../ui/trail.tsx";
import { eventsAddress } from "./addresses.ts";
import styles from "./import.module.css";
import { type ChosenImport, ImportChooser } from "./import-chooser.tsx";
import { ImportRun } from "./import-run.tsx";
import { PastImports } from "./past-imports.tsx";

/** Brings events in from a file: choose, see what would change, then do it. */
export function ImportView() {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<ChosenImport>();
  return (
    <>
      <Trail parents={[{ to: eventsAddress, label: t("catalogue.events") }]} current={t("catalogue.import")} />
      <div className={styles.column}>
        <p className={styles.lead}>{t("catalogue.import_lead")}</p>
        <ImportChooser name={chosen?.file.name} onChoose={setChosen} />
        {chosen === undefined ? null : <ImportRun key={chosen.number} chosen={chosen} />}
        <PastImports />
      </div>
    </>
  );
}
