import type { Identity } from "@evenkeel/sdk";
import { useTranslation } from "react-i18next";
import { useOutletContext } from "react-router";
import { AlertsView } from "../features/alerts/alerts-view.tsx";
import { AdminPage } from "./admin-page.tsx";
import { isOperator } from "./use-admin-links.ts";

/** Rules that watch the figures. */
export function AlertsPage() {
  const { t } = useTranslation();
  const identity = useOutletContext<Identity>();
  return (
    <AdminPage title={t("alerts.title")}>
      <AlertsView isOperator={isOperator(identity)} />
    </AdminPage>
  );
}
