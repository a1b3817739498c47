import { Button } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { describeProblem } from "./problem.ts";
import { ProblemNotice } from "./problem-notice.tsx";

interface QueryProblemProps {
  query: Pick<UseQueryResult, "isError" | "error" | "isFetching" | "refetch">;
  title: string;
}

/** Says that something could not be loaded, with a button that tries again; nothing where it could. */
export function QueryProblem({ query, title }: QueryProblemProps) {
  const { t } = useTranslation();
  if (!query.isError) return null;
  return (
    <ProblemNotice title={title} problem={describeProblem(query.error)}>
      <Button size="xs" variant="default" loading={query.isFetching} onClick={() => query.refetch()}>
        {t("list.again")}
      </Button>
    </ProblemNotice>
  );
}
