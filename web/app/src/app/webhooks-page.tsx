import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { WebhookView } from "../features/webhooks/webhook-view.tsx";
import { WebhooksView } from "../features/webhooks/webhooks-view.tsx";
import { AdminPage } from "./admin-page.tsx";

/** Where events are sent to, or one of these webhooks. */
export function WebhooksPage() {
  const { t } = useTranslation();
  const { webhook } = useParams();
  return (
    <AdminPage title={t("webhooks.title")}>
      {webhook === undefined ? <WebhooksView /> : <WebhookView key={webhook} webhookId={webhook} />}
    </AdminPage>
  );
}
