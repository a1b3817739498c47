import type { KnowledgeDocument } from "@evenkeel/sdk";
import { Button, TextInput } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { useClient } from "../../session/client-context.ts";
import { Empty } from "../../ui/empty.tsx";
import { Icon } from "../../ui/icons.tsx";
import { Placeholder } from "../../ui/placeholder.tsx";
import { describeProblem } from "../../ui/problem.ts";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { passagesWith } from "./find-passages.ts";
import { passagesQuery } from "./knowledge-queries.ts";
import styles from "./page.module.css";
import passageStyles from "./passage.module.css";
import { PassageCard } from "./passage-card.tsx";
import { isUnderWay } from "./under-way.ts";
import { useMarkedText } from "./use-marked-text.ts";

interface PassageListProps {
  chatbotId: string;
  document: KnowledgeDocument;
}

/** The passages of a document in its order; one can be linked to, and words be looked for, both by the address. */
export function PassageList({ chatbotId, document }: PassageListProps) {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const wantedId = search.get("passage");
  const sought = search.get("find") ?? "";
  const query = useInfiniteQuery(passagesQuery(useClient(), chatbotId, document));
  const passages = (query.data?.pages ?? []).flatMap((page) => page.items);
  const shown = passagesWith(passages, sought);
  const isWantedHere = wantedId !== null && passages.some((passage) => passage.id === wantedId);
  const { hasNextPage, isFetching, isError, fetchNextPage } = query;
  // What is looked for may stand further on.
  const mustGoOn = hasNextPage && !isFetching && !isError && (sought !== "" || (wantedId !== null && !isWantedHere));
  useEffect(() => {
    if (mustGoOn) void fetchNextPage();
  }, [mustGoOn, fetchNextPage]);
  const list = useRef<HTMLOListElement>(null);
  useMarkedText(list, sought, shown.length);
  const find = (text: string) => {
    const next = new URLSearchParams(search);
    if (text === "") next.delete("find");
    else next.set("find", text);
    setSearch(next, { replace: true });
  };
  if (document.passage_count === 0) {
    return (
      <Empty
        icon="text"
        title={t("knowledge.passages_empty")}
        {...(isUnderWay(document) ? { text: t("knowledge.passages_empty_yet") } : {})}
      />
    );
  }
  return (
    <section className={styles.section} aria-label={t("knowledge.passages")}>
      <div className={passageStyles.find}>
        <TextInput
          type="search"
          aria-label={t("knowledge.find")}
          placeholder={t("knowledge.find")}
          leftSection={<Icon name="search" size={16} />}
          value={sought}
          onChange={(event) => find(event.currentTarget.value)}
        />
        <p role="status">
          {sought === ""
            ? t("knowledge.passage_count", { count: document.passage_count })
            : t("knowledge.found", { count: shown.length, all: document.passage_count })}
        </p>
      </div>
      {wantedId !== null && !isWantedHere && !hasNextPage && query.isSuccess && !isFetching ? (
        <p className={styles.note}>{t("knowledge.passage_gone")}</p>
      ) : null}
      {query.isError ? (
        <ProblemNotice title={t("knowledge.passages_failed")} problem={describeProblem(query.error)}>
          <Button size="xs" variant="default" loading={isFetching} onClick={() => query.refetch()}>
            {t("knowledge.again")}
          </Button>
        </ProblemNotice>
      ) : null}
      {query.isPending ? <Placeholder heights={[140, 140, 140]} /> : null}
      <ol className={passageStyles.passages} ref={list}>
        {shown.map((passage) => (
          <PassageCard key={passage.id} passage={passage} isWanted={passage.id === wantedId} />
        ))}
      </ol>
      {hasNextPage ? (
        <Button variant="default" size="xs" loading={query.isFetchingNextPage} onClick={() => fetchNextPage()}>
          {t("knowledge.more_passages")}
        </Button>
      ) : null}
    </section>
  );
}
