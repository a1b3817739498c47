import type { DocumentStatus } from "@evenkeel/sdk";
import { useTranslation } from "react-i18next";
import { Badge } from "../../ui/badge.tsx";

/** All states of a document, in the order of its life. */
export const statuses = ["ready", "queued", "processing", "failed", "cancelled"] as const;

const looks = {
  queued: { tone: "accent", icon: "clock" },
  processing: { tone: "accent", icon: "retry" },
  ready: { tone: "good", icon: "check" },
  failed: { tone: "danger", icon: "close" },
  cancelled: { tone: "neutral", icon: "stop" },
} as const;

/** How a document is. */
export function DocumentStatusBadge({ status }: { status: DocumentStatus }) {
  const { t } = useTranslation();
  return <Badge {...looks[status]}>{t(`knowledge.status_${status}`)}</Badge>;
}
