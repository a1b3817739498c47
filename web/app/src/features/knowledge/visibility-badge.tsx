import type { Visibility } from "@evenkeel/sdk";
import { useTranslation } from "react-i18next";
import { Badge } from "../../ui/badge.tsx";

/** Who may get answers from a source. */
export function VisibilityBadge({ visibility }: { visibility: Visibility }) {
  const { t } = useTranslation();
  return visibility === "private" ? (
    <Badge tone="warning" icon="lock" title={t("knowledge.private_text")}>
      {t("knowledge.private")}
    </Badge>
  ) : (
    <Badge tone="neutral" icon="language" title={t("knowledge.public_text")}>
      {t("knowledge.public")}
    </Badge>
  );
}
