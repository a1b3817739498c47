import type { KnowledgeSource } from "@evenkeel/sdk";
import { useTranslation } from "react-i18next";

/** Says how the documents of a source are whenever that changes, for who does not see the list move. */
export function Announcement({ source }: { source: KnowledgeSource }) {
  const { t } = useTranslation();
  const { ready, waiting, failed } = source.documents;
  const parts = [
    t("knowledge.ready_count", { count: ready }),
    waiting === 0 ? null : t("knowledge.waiting_count", { count: waiting }),
    failed === 0 ? null : t("knowledge.failed_count", { count: failed }),
  ];
  return (
    <p role="status" className="visually-hidden">
      {parts.filter((part) => part !== null).join(", ")}
    </p>
  );
}
