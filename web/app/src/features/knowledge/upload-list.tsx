import { Button } from "@mantine/core";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import styles from "./upload.module.css";
import { UploadRow } from "./upload-row.tsx";
import { hasEnded } from "./uploads.ts";
import { useUploads, useUploadsTo } from "./uploads-context.ts";

/** Files on their way to a source, and what became of them. */
export function UploadList({ sourceId }: { sourceId: string }) {
  const { t } = useTranslation();
  const uploads = useUploads();
  const list = useUploadsTo(sourceId);
  const ended = list.filter(hasEnded).length;
  const isSending = ended < list.length;
  useEffect(() => {
    if (!isSending) return undefined;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [isSending]);
  const stored = list.filter(({ state }) => state.kind === "stored").length;
  const summary = isSending
    ? t("knowledge.uploading", { ended, count: list.length })
    : t("knowledge.uploaded", { stored, count: list.length });
  return (
    <section className={styles.uploads} aria-label={t("knowledge.uploads")} hidden={list.length === 0}>
      <header>
        <p role="status">{list.length === 0 ? "" : summary}</p>
        {ended === 0 ? null : (
          <Button size="compact-sm" variant="subtle" color="gray" onClick={() => uploads.dismissEnded(sourceId)}>
            {t("knowledge.dismiss")}
          </Button>
        )}
      </header>
      <ul>
        {list.map((upload) => (
          <UploadRow key={upload.id} upload={upload} />
        ))}
      </ul>
    </section>
  );
}
