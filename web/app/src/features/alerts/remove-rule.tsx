import type { AlertRule } from "@evenkeel/sdk";
import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useClient } from "../../session/client-context.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import styles from "../../ui/records.module.css";
import { alertsAddress } from "./addresses.ts";
import { refreshAlerts } from "./alert-queries.ts";

/** Deletes a rule of one's own; takes back what was changed of others. */
export function RemoveRule({ rule }: { rule: AlertRule }) {
  const { t } = useTranslation();
  const client = useClient();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [isAsking, setIsAsking] = useState(false);
  const isOwn = rule.origin === "own";
  if (!isOwn && !rule.is_overridden) return null;
  const action = t(isOwn ? "alerts.delete" : "alerts.take_back");
  return (
    <>
      <Button variant="default" onClick={() => setIsAsking(true)}>
        {action}
      </Button>
      {isAsking ? (
        <ConfirmDialog
          title={action}
          action={action}
          carryOut={() => client.alerts.deleteRule(rule.id)}
          onClose={() => setIsAsking(false)}
          onDone={async () => {
            navigate(alertsAddress, { replace: true });
            await refreshAlerts(queries);
          }}
        >
          <p className={styles.loss}>
            {isOwn ? t("alerts.delete_text", { name: rule.definition.name }) : t("alerts.take_back_text")}
          </p>
        </ConfirmDialog>
      ) : null}
    </>
  );
}
