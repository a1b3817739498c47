import type { ImportFormat } from "@evenkeel/sdk";
import { Button, FileButton } from "@mantine/core";
import { type DragEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/icons.tsx";
import styles from "./import.module.css";
import { guessFormat, previewBytes, previewTable, type TablePreview } from "./import-file.ts";

/** A file that is to be brought in. */
export interface ChosenImport {
  /** Counts the choices: the same file again is another one, it may have changed. */
  number: number;
  file: File;
  format: ImportFormat;
  /** How it begins, read as a table. */
  preview: TablePreview;
}

interface ImportChooserProps {
  /** Of the file that is chosen. */
  name: string | undefined;
  onChoose: (chosen: ChosenImport) => void;
}

/** Where a file is dropped or chosen. */
export function ImportChooser({ name, onChoose }: ImportChooserProps) {
  const { t } = useTranslation();
  const [isOver, setIsOver] = useState(false);
  const count = useRef(0);
  const choose = async (file: File | null | undefined) => {
    if (file == null) return;
    const number = ++count.current;
    const beginning = await file.slice(0, previewBytes).text();
    // A file chosen meanwhile is the one that counts.
    if (number !== count.current) return;
    onChoose({ number, file, format: guessFormat(file.name, beginning), preview: previewTable(beginning) });
  };
  const over = (is: boolean) => (event: DragEvent) => {
    event.preventDefault();
    setIsOver(is);
  };
  return (
    <section
      className={styles.drop}
      data-over={isOver || undefined}
      aria-label={t("catalogue.file")}
      onDragEnter={over(true)}
      onDragOver={over(true)}
      onDragLeave={over(false)}
      onDrop={(event) => {
        over(false)(event);
        void choose(event.dataTransfer.files[0]);
      }}
    >
      <p>
        <Icon name="upload" />
        <span>{name ?? t("catalogue.file_hint")}</span>
      </p>
      <FileButton accept=".json,.csv,.tsv,.txt,.ics" onChange={(file) => void choose(file)}>
        {(props) => (
          <Button {...props} variant={name === undefined ? "filled" : "default"}>
            {t(name === undefined ? "catalogue.file_choose" : "catalogue.file_other")}
          </Button>
        )}
      </FileButton>
    </section>
  );
}
