import type { Page } from "@evenkeel/sdk";
import { Button } from "@mantine/core";
import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Placeholder } from "./placeholder.tsx";
import { describeProblem } from "./problem.ts";
import { ProblemNotice } from "./problem-notice.tsx";

interface PagedRowsProps<Item> {
  query: UseInfiniteQueryResult<InfiniteData<Page<Item>>>;
  /** Title of a failure. */
  failed: string;
  /** Instead of rows where there are none. */
  empty: ReactNode;
  className: string | undefined;
  row: (item: Item) => ReactNode;
}

/** A list that is loaded page by page: its rows, or what stands in their place. */
export function PagedRows<Item>({ query, failed, empty, className, row }: PagedRowsProps<Item>) {
  const { t } = useTranslation();
  const items = (query.data?.pages ?? []).flatMap((page) => page.items);
  return (
    <>
      {query.isError ? (
        <ProblemNotice title={failed} problem={describeProblem(query.error)}>
          <Button size="xs" variant="default" loading={query.isFetching} onClick={() => query.refetch()}>
            {t("list.again")}
          </Button>
        </ProblemNotice>
      ) : null}
      {query.isPending ? <Placeholder heights={[56, 56, 56]} /> : null}
      {query.isSuccess && items.length === 0 ? empty : null}
      {items.length === 0 ? null : (
        <ul className={className} aria-busy={query.isPlaceholderData}>
          {items.map(row)}
        </ul>
      )}
      {query.hasNextPage ? (
        <Button variant="default" size="xs" loading={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
          {t("list.more")}
        </Button>
      ) : null}
    </>
  );
}
