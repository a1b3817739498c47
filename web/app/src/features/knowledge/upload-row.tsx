import { ActionIcon, Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Badge } from "../../ui/badge.tsx";
import { formatBytes } from "../../ui/format-bytes.ts";
import { Icon } from "../../ui/icons.tsx";
import { describeProblem, problemTexts } from "../../ui/problem.ts";
import { ProgressBar } from "../../ui/progress-bar.tsx";
import styles from "./upload.module.css";
import type { Upload } from "./uploads.ts";
import { useUploads } from "./uploads-context.ts";

/** One file: how far it is and how to end it, or its result and what can be done. */
export function UploadRow({ upload }: { upload: Upload }) {
  const { t, i18n } = useTranslation();
  const uploads = useUploads();
  const { id, fileName, bytes, state } = upload;
  const isOnItsWay = state.kind === "waiting" || state.kind === "sending";
  return (
    <li className={styles.upload}>
      <div className={styles.uploadHead}>
        <span className={styles.uploadName}>{fileName}</span>
        <span className={styles.uploadSize}>{bytes === 0 ? "" : formatBytes(bytes, i18n.language)}</span>
        <Result state={state} />
        {isOnItsWay ? (
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t("knowledge.cancel_upload", { name: fileName })}
            onClick={() => uploads.cancel(id)}
          >
            <Icon name="close" size={16} />
          </ActionIcon>
        ) : null}
        {state.kind === "failed" || state.kind === "cancelled" ? (
          <Button size="compact-sm" variant="default" onClick={() => uploads.retry(id)}>
            {t("knowledge.upload_again")}
          </Button>
        ) : null}
      </div>
      {state.kind === "sending" ? (
        <ProgressBar
          label={t("knowledge.upload_progress", { name: fileName })}
          fraction={state.fraction < 1 ? state.fraction : undefined}
        />
      ) : null}
      <Explanation state={state} />
    </li>
  );
}

function Result({ state }: { state: Upload["state"] }) {
  const { t, i18n } = useTranslation();
  switch (state.kind) {
    case "waiting":
      return <span className={styles.uploadState}>{t("knowledge.upload_waiting")}</span>;
    case "sending":
      return (
        <span className={styles.uploadState}>
          {state.fraction < 1
            ? new Intl.NumberFormat(i18n.language, { style: "percent" }).format(state.fraction)
            : t("knowledge.upload_storing")}
        </span>
      );
    case "stored":
      return state.document.status === "failed" ? (
        <Badge tone="danger" icon="close">
          {t("knowledge.upload_refused")}
        </Badge>
      ) : (
        <Badge tone="good" icon="check">
          {t(`knowledge.upload_${state.outcome}`)}
        </Badge>
      );
    case "refused":
    case "failed":
      return (
        <Badge tone="danger" icon="close">
          {t(state.kind === "refused" ? "knowledge.upload_refused" : "knowledge.upload_failed")}
        </Badge>
      );
    case "cancelled":
      return (
        <Badge tone="neutral" icon="stop">
          {t("knowledge.status_cancelled")}
        </Badge>
      );
  }
}

function Explanation({ state }: { state: Upload["state"] }): ReactNode {
  const { t, i18n } = useTranslation();
  if (state.kind === "refused") return <p className={styles.uploadReason}>{t(`knowledge.refused_${state.reason}`)}</p>;
  if (state.kind === "stored" && state.document.reason !== undefined)
    return <p className={styles.uploadReason}>{state.document.reason.message}</p>;
  if (state.kind !== "failed") return null;
  const { text, action } = problemTexts(describeProblem(state.error), t, i18n.language);
  return (
    <p className={styles.uploadReason}>
      {text} {action}
    </p>
  );
}
