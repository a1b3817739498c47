import type { Identity } from "@evenkeel/sdk";
import { useTranslation } from "react-i18next";
import { useOutletContext } from "react-router";
import { CreditsView } from "../features/credits/credits-view.tsx";
import { AdminPage } from "./admin-page.tsx";

export function CreditsPage() {
  const { t } = useTranslation();
  const identity = useOutletContext<Identity>();
  return (
    <AdminPage title={t("credits.title")}>
      <CreditsView canChangePlan={identity.role === "owner"} />
    </AdminPage>
  );
}
