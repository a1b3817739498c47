import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useClient } from "../../session/client-context.ts";
import { Placeholder } from "../../ui/placeholder.tsx";
import { describeProblem } from "../../ui/problem.ts";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { ChangePlanModal } from "./change-plan-modal.tsx";
import { creditsQuery } from "./credit-queries.ts";
import { CreditSummary } from "./credit-summary.tsx";
import styles from "./credits.module.css";
import { GrantModal } from "./grant-modal.tsx";
import { Ledger } from "./ledger.tsx";

/** Balance, plan and usage of the organization, what can be done about them, and every entry of the ledger. */
export function CreditsView({ canChangePlan }: { canChangePlan: boolean }) {
  const { t } = useTranslation();
  const query = useQuery(creditsQuery(useClient()));
  const [opened, setOpened] = useState<"grant" | "plan">();
  const [done, setDone] = useState("");
  const close = (text?: string) => {
    setOpened(undefined);
    if (text !== undefined) setDone(text);
  };
  return (
    <>
      {query.isError ? (
        <ProblemNotice title={t("credits.failed")} problem={describeProblem(query.error)}>
          <Button size="xs" variant="default" loading={query.isFetching} onClick={() => query.refetch()}>
            {t("credits.refresh")}
          </Button>
        </ProblemNotice>
      ) : null}
      {query.isPending ? <Placeholder heights={[120]} /> : null}
      {query.data === undefined ? null : (
        <>
          <CreditSummary credits={query.data} />
          <div className={styles.actions}>
            {query.data.is_metered ? (
              <Button size="sm" onClick={() => setOpened("grant")}>
                {t("credits.grant")}
              </Button>
            ) : null}
            {canChangePlan && query.data.plans.length > 1 ? (
              <Button size="sm" variant="default" onClick={() => setOpened("plan")}>
                {t("credits.change_plan")}
              </Button>
            ) : null}
            <p role="status" className={styles.done}>
              {done}
            </p>
          </div>
          {opened === "grant" ? <GrantModal onClose={close} /> : null}
          {opened === "plan" ? <ChangePlanModal credits={query.data} onClose={close} /> : null}
        </>
      )}
      <Ledger />
    </>
  );
}
