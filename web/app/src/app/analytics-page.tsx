import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { AnalyticsView } from "../features/analytics/analytics-view.tsx";
import { useClient } from "../session/client-context.ts";
import { AdminPage } from "./admin-page.tsx";
import { allChatbotsQuery } from "./chatbots-query.ts";

/** What happened over time. */
export function AnalyticsPage() {
  const { t } = useTranslation();
  const chatbots = useQuery(allChatbotsQuery(useClient())).data ?? [];
  return (
    <AdminPage title={t("analytics.title")} isWide>
      <AnalyticsView chatbots={chatbots} />
    </AdminPage>
  );
}
