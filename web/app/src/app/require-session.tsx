import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Navigate, Outlet, useLocation } from "react-router";
import { useClient } from "../session/client-context.ts";
import { identityQuery } from "../session/identity-query.ts";
import { useSessionState } from "../session/session-context.ts";
import { describeProblem } from "../ui/problem.ts";
import { ProblemNotice } from "../ui/problem-notice.tsx";
import { PageLoading } from "./page-loading.tsx";
import styles from "./pages.module.css";
import { returnSearch } from "./return-address.ts";

/** Pages below need somebody signed in; others go to the sign-in page, which leads back here. */
export function RequireSession() {
  const { t } = useTranslation();
  const state = useSessionState();
  const location = useLocation();
  const identity = useQuery({ ...identityQuery(useClient()), enabled: state === "signed_in" });
  if (state !== "signed_in") return <Navigate to={`/login${returnSearch(location, state)}`} replace />;
  if (identity.data !== undefined) return <Outlet key={identity.data.user.id} context={identity.data} />;
  if (identity.isPending) return <PageLoading />;
  return (
    <main className={styles.center}>
      <ProblemNotice problem={describeProblem(identity.error)}>
        <Button size="xs" onClick={() => identity.refetch()}>
          {t("failure.retry")}
        </Button>
      </ProblemNotice>
    </main>
  );
}
