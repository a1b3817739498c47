import type { Identity } from "@evenkeel/sdk";
import { useTranslation } from "react-i18next";
import { useOutletContext, useParams } from "react-router";
import { RuleView } from "../features/alerts/rule-view.tsx";
import { AdminPage } from "./admin-page.tsx";
import { isOperator } from "./use-admin-links.ts";

/** A rule with what it would have done; its chart makes it a page of its own. */
export function AlertRulePage() {
  const { t } = useTranslation();
  const { rule = "" } = useParams();
  const identity = useOutletContext<Identity>();
  return (
    <AdminPage title={t("alerts.title")} isWide>
      <RuleView key={rule} ruleId={rule} isOperator={isOperator(identity)} />
    </AdminPage>
  );
}
