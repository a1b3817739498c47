import { Button, Tabs } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { Icon } from "../../ui/icons.tsx";
import styles from "../../ui/records.module.css";
import { useFilterChange } from "../../ui/use-filter-change.ts";
import { newId, ruleAddress } from "./addresses.ts";
import { ChangeList } from "./change-list.tsx";
import { ReceiverList } from "./receiver-list.tsx";
import { RuleList } from "./rule-list.tsx";
import { SilenceList } from "./silence-list.tsx";

const tabs = ["rules", "silences", "history", "receivers"] as const;

/** Rules and how they stand, what is silenced, what there was, and who is told. */
export function AlertsView({ isOperator }: { isOperator: boolean }) {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const change = useFilterChange();
  const tab = tabs.find((one) => one === search.get("tab")) ?? "rules";
  return (
    <section className={styles.section} aria-label={t("alerts.title")}>
      <div className={styles.head}>
        <p>{t("alerts.lead")}</p>
        <Button component={Link} to={ruleAddress(newId)} leftSection={<Icon name="plus" size={16} />}>
          {t("alerts.add")}
        </Button>
      </div>
      <Tabs value={tab} onChange={(next) => change("tab", next === "rules" ? "" : (next ?? ""))} keepMounted={false}>
        <Tabs.List mb="md">
          {tabs.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {t(`alerts.tab_${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="rules">
          <RuleList />
        </Tabs.Panel>
        <Tabs.Panel value="silences">
          <SilenceList isOperator={isOperator} />
        </Tabs.Panel>
        <Tabs.Panel value="history">
          <ChangeList ruleId={undefined} />
        </Tabs.Panel>
        <Tabs.Panel value="receivers">
          <ReceiverList isOperator={isOperator} />
        </Tabs.Panel>
      </Tabs>
    </section>
  );
}
