import { NotFoundError } from "@evenkeel/sdk";
import { Button } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Missing } from "../../ui/missing.tsx";
import { Placeholder } from "../../ui/placeholder.tsx";
import { describeProblem } from "../../ui/problem.ts";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { Trail } from "../../ui/trail.tsx";

interface RecordViewProps<Shown> {
  query: UseQueryResult<Shown>;
  /** The list it stands in. */
  list: { to: string; label: string };
  texts: {
    /** Until its name is known. */
    unnamed: string;
    failed: string;
    gone: string;
    toList: string;
  };
  nameOf: (shown: Shown) => string;
  children: (shown: Shown) => ReactNode;
}

/** The page of something of the catalogue: where it stands, and it, or why it cannot be shown. */
export function RecordView<Shown>({ query, list, texts, nameOf, children }: RecordViewProps<Shown>) {
  const { t } = useTranslation();
  const { data, error } = query;
  if (error instanceof NotFoundError) {
    return (
      <Missing title={texts.gone} text={t("catalogue.gone_text")} to={list.to}>
        {texts.toList}
      </Missing>
    );
  }
  return (
    <>
      <Trail parents={[list]} current={data === undefined ? texts.unnamed : nameOf(data)} />
      {error === null ? null : (
        <ProblemNotice title={texts.failed} problem={describeProblem(error)}>
          <Button size="xs" variant="default" loading={query.isFetching} onClick={() => query.refetch()}>
            {t("catalogue.again")}
          </Button>
        </ProblemNotice>
      )}
      {query.isPending ? <Placeholder heights={[56, 56, 160]} /> : null}
      {data === undefined ? null : children(data)}
    </>
  );
}
