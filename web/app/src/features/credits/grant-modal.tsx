import { createRandomId } from "@evenkeel/sdk";
import { Button, Group, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useClient } from "../../session/client-context.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { describeProblem } from "../../ui/problem.ts";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { readAnew } from "../../ui/read-anew.ts";

const noteLimit = 200;

/** Gives credits, or takes them back, and asks why. */
export function GrantModal({ onClose }: { onClose: (done?: string) => void }) {
  const { t } = useTranslation();
  const client = useClient();
  const queries = useQueryClient();
  // The same grant however often it is sent.
  const [grantId] = useState(createRandomId);
  const [amount, setAmount] = useState("");
  const [note, setNote] = useState("");
  const [isChecked, setIsChecked] = useState(false);
  const grant = useMutation({
    mutationFn: () => client.credits.grant({ amount: Number(amount), note: note.trim(), grant_id: grantId }),
    onSuccess: async () => {
      await readAnew(queries, ["credits"]);
      onClose(t("credits.granted"));
    },
  });
  const isAmountRight = /^-?\d+(\.\d{1,3})?$/.test(amount.trim()) && Number(amount) !== 0;
  const isNoteRight = note.trim() !== "";
  const save = (event: FormEvent) => {
    event.preventDefault();
    setIsChecked(true);
    if (isAmountRight && isNoteRight && !grant.isPending) grant.mutate();
  };
  return (
    <Dialog onClose={() => onClose()} title={t("credits.grant")}>
      <form onSubmit={save} noValidate>
        <TextInput
          label={t("credits.grant_amount")}
          description={t("credits.grant_amount_hint")}
          inputMode="decimal"
          value={amount}
          error={isChecked && !isAmountRight ? t("credits.grant_amount_wrong") : undefined}
          onChange={(event) => setAmount(event.currentTarget.value)}
          data-autofocus
          mb="md"
        />
        <TextInput
          label={t("credits.grant_note")}
          description={t("credits.grant_note_hint")}
          value={note}
          maxLength={noteLimit}
          error={isChecked && !isNoteRight ? t("credits.grant_note_missing") : undefined}
          onChange={(event) => setNote(event.currentTarget.value)}
          mb="md"
        />
        {grant.isError ? <ProblemNotice problem={describeProblem(grant.error)} /> : null}
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={() => onClose()}>
            {t("credits.cancel")}
          </Button>
          <Button type="submit" loading={grant.isPending}>
            {t("credits.grant_add")}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
