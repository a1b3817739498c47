import type { BulkRequest } from "@evenkeel/sdk";
import { Button, Checkbox } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { useClient } from "../../session/client-context.ts";
import { Empty } from "../../ui/empty.tsx";
import { LiveSwitch, useIsLive } from "../../ui/live-switch.tsx";
import { turnsAddress } from "../../ui/operations-addresses.ts";
import { PagedRows } from "../../ui/paged-rows.tsx";
import recordStyles from "../../ui/records.module.css";
import { BulkBar } from "./bulk-bar.tsx";
import { BulkJobs } from "./bulk-jobs.tsx";
import { bulkFilterOf, isTurnFilterOn, readTurnFilter } from "./turn-filter.ts";
import { type ChatbotChoice, TurnFilters } from "./turn-filters.tsx";
import { turnsQuery } from "./turn-queries.ts";
import { TurnRow } from "./turn-row.tsx";
import styles from "./turns.module.css";
import { useSelection } from "./use-selection.ts";

/** The turns of the organization that the address asks for, and what can be done to many of them. */
export function TurnList({ chatbots }: { chatbots: readonly ChatbotChoice[] }) {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const filter = readTurnFilter(search);
  const isLive = useIsLive();
  const query = useInfiniteQuery(turnsQuery(useClient(), filter, isLive));
  const shown = (query.data?.pages ?? []).flatMap(({ items }) => items.map(({ id }) => id));
  const selection = useSelection(JSON.stringify(filter), shown);
  const target: Pick<BulkRequest, "turn_ids" | "filter"> = selection.isAll
    ? { filter: bulkFilterOf(filter) }
    : { turn_ids: selection.chosen };
  return (
    <section className={recordStyles.section} aria-label={t("turns.title")}>
      <div className={recordStyles.head}>
        <p>{t("turns.lead")}</p>
        <LiveSwitch />
      </div>
      <TurnFilters filter={filter} chatbots={chatbots} />
      <BulkJobs />
      <BulkBar selection={selection} target={target} isFiltered={isTurnFilterOn(filter)} />
      {shown.length === 0 ? null : (
        <Checkbox
          className={styles.all ?? ""}
          label={t("list.choose_all")}
          checked={shown.every((id) => selection.isChosen(id))}
          indeterminate={selection.chosen.length > 0 && !shown.every((id) => selection.isChosen(id))}
          onChange={(event) => selection.set(event.currentTarget.checked ? shown : [])}
        />
      )}
      <PagedRows
        query={query}
        failed={t("turns.failed_to_load")}
        empty={<NoTurns isFiltered={isTurnFilterOn(filter)} />}
        className={styles.rows}
        row={(turn) => (
          <TurnRow
            key={turn.id}
            turn={turn}
            chatbot={chatbots.length > 1 ? chatbots.find(({ id }) => id === turn.chatbot_id)?.name : undefined}
            isChosen={selection.isChosen(turn.id)}
            onChoose={(isChosen) => selection.choose(turn.id, isChosen)}
          />
        )}
      />
    </section>
  );
}

function NoTurns({ isFiltered }: { isFiltered: boolean }) {
  const { t } = useTranslation();
  if (!isFiltered) return <Empty icon="pulse" title={t("turns.empty")} text={t("turns.empty_text")} />;
  return (
    <Empty icon="search" title={t("turns.none")}>
      <Button component={Link} to={turnsAddress()} variant="default">
        {t("list.clear")}
      </Button>
    </Empty>
  );
}
