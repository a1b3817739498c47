import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { useClient } from "../../session/client-context.ts";
import { Empty } from "../../ui/empty.tsx";
import { Placeholder } from "../../ui/placeholder.tsx";
import { describeProblem } from "../../ui/problem.ts";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import type { AddressOfPassage } from "./passage-target.ts";
import styles from "./question.module.css";
import { QuestionForm } from "./question-form.tsx";
import { retrievalQuery } from "./retrieval-query.ts";
import { TraceView } from "./trace-view.tsx";

interface TryQuestionProps {
  chatbotId: string;
  addressOf: AddressOfPassage;
}

/** A question, and what would be retrieved for it and why. Both stand in the address. */
export function TryQuestion({ chatbotId, addressOf }: TryQuestionProps) {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const question = search.get("question") ?? "";
  const audience = search.get("as") === "visitor" ? "visitor" : "member";
  const query = useQuery(retrievalQuery(useClient(), chatbotId, question, audience));
  const ask = (asked: string, as: typeof audience) => {
    if (asked === question && as === audience) {
      void query.refetch();
      return;
    }
    const next = new URLSearchParams(search);
    next.set("question", asked);
    if (as === "visitor") next.set("as", as);
    else next.delete("as");
    setSearch(next);
  };
  return (
    <div className={styles.page}>
      <QuestionForm
        key={`${audience} ${question}`}
        question={question}
        audience={audience}
        isBusy={query.isFetching}
        onAsk={ask}
      />
      {query.isError ? (
        <ProblemNotice title={t("retrieval.failed")} problem={describeProblem(query.error)}>
          <Button size="xs" variant="default" loading={query.isFetching} onClick={() => query.refetch()}>
            {t("retrieval.again")}
          </Button>
        </ProblemNotice>
      ) : null}
      {question === "" ? (
        <Empty icon="question" title={t("retrieval.empty")} text={t("retrieval.empty_text")} />
      ) : query.isPending ? (
        <Placeholder heights={[88, 160, 240]} />
      ) : null}
      {query.data === undefined ? null : <TraceView trace={query.data} addressOf={addressOf} />}
    </div>
  );
}
