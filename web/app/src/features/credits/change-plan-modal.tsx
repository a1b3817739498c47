import type { CreditStatus } from "@evenkeel/sdk";
import { Button, Group, Radio, Stack } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useClient } from "../../session/client-context.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { describeProblem } from "../../ui/problem.ts";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { readAnew } from "../../ui/read-anew.ts";
import { formatCredits } from "./credit-format.ts";

interface ChangePlanModalProps {
  credits: CreditStatus;
  onClose: (done?: string) => void;
}

/** Chooses one of the server's plans. */
export function ChangePlanModal({ credits, onClose }: ChangePlanModalProps) {
  const { t, i18n } = useTranslation();
  const client = useClient();
  const queries = useQueryClient();
  const [plan, setPlan] = useState(credits.plan);
  const change = useMutation({
    mutationFn: () => client.credits.changePlan(plan),
    onSuccess: async () => {
      await readAnew(queries, ["credits"]);
      onClose(t("credits.plan_changed"));
    },
  });
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (!change.isPending) change.mutate();
  };
  return (
    <Dialog onClose={() => onClose()} title={t("credits.change_plan")}>
      <form onSubmit={save}>
        <Radio.Group
          label={t("credits.change_plan_choice")}
          description={t("credits.change_plan_hint")}
          value={plan}
          onChange={setPlan}
        >
          <Stack gap="xs" mt="sm">
            {credits.plans.map(({ name, monthly_allowance: allowance }) => (
              <Radio
                key={name}
                value={name}
                label={
                  allowance === undefined
                    ? t("credits.plan_not_metered", { plan: name })
                    : t("credits.plan_option", { plan: name, amount: formatCredits(allowance, i18n.language) })
                }
              />
            ))}
          </Stack>
        </Radio.Group>
        {change.isError ? <ProblemNotice problem={describeProblem(change.error)} /> : null}
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={() => onClose()}>
            {t("credits.cancel")}
          </Button>
          <Button type="submit" loading={change.isPending} disabled={plan === credits.plan}>
            {t("credits.change_plan_apply")}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
