import type { EventWebhook } from "@evenkeel/sdk";
import { useTranslation } from "react-i18next";
import { Badge } from "../../ui/badge.tsx";

/** Whether events are sent, and whether it was switched off by itself. */
export function WebhookState({ webhook }: { webhook: EventWebhook }) {
  const { t } = useTranslation();
  if (webhook.is_enabled) {
    return (
      <Badge tone="good" icon="check">
        {t("webhooks.on")}
      </Badge>
    );
  }
  return webhook.disabled_reason === undefined ? (
    <Badge tone="neutral" icon="stop">
      {t("webhooks.off")}
    </Badge>
  ) : (
    <Badge tone="danger" icon="warning" title={t(`webhooks.reason_${webhook.disabled_reason}`)}>
      {t("webhooks.off_by_itself")}
    </Badge>
  );
}
