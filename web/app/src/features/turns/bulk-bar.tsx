import type { BulkAction, BulkRequest } from "@evenkeel/sdk";
import { Button, Menu } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/icons.tsx";
import styles from "../../ui/records.module.css";
import { bulkActions } from "./bulk-actions.ts";
import { BulkDialog } from "./bulk-dialog.tsx";
import type { TurnSelection } from "./use-selection.ts";

interface BulkBarProps {
  selection: TurnSelection;
  target: Pick<BulkRequest, "turn_ids" | "filter">;
  isFiltered: boolean;
}

/** What can be done to the turns that are chosen, or to all that match. */
export function BulkBar({ selection, target, isFiltered }: BulkBarProps) {
  const { t } = useTranslation();
  const [action, setAction] = useState<BulkAction>();
  const all = t(isFiltered ? "turns.all_matching" : "turns.all_there_are");
  const isOpen = selection.isAll || selection.chosen.length > 0;
  return (
    <>
      {isOpen ? (
        <div className={styles.bar}>
          <p role="status">{selection.isAll ? all : t("turns.chosen", { count: selection.chosen.length })}</p>
          {selection.isAll ? null : (
            <Button size="xs" variant="subtle" onClick={selection.chooseMatching}>
              {t(isFiltered ? "turns.choose_matching" : "turns.choose_every")}
            </Button>
          )}
          <Actions onChoose={setAction} />
          <Button size="xs" variant="default" onClick={() => selection.set([])}>
            {t("turns.choose_none")}
          </Button>
        </div>
      ) : null}
      {action === undefined ? null : (
        <BulkDialog
          action={action}
          target={target}
          onClose={() => setAction(undefined)}
          onStarted={() => selection.set([])}
        />
      )}
    </>
  );
}

function Actions({ onChoose }: { onChoose: (action: BulkAction) => void }) {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button size="xs" rightSection={<Icon name="chevron" size={14} />}>
          {t("turns.actions")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {bulkActions.map((action) => (
          <Menu.Item key={action} onClick={() => onChoose(action)}>
            {t(`turns.action_${action}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
