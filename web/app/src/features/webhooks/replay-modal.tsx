import { Button, Group, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useClient } from "../../session/client-context.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { isId } from "../../ui/id-filter.tsx";
import { describeProblem } from "../../ui/problem.ts";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import styles from "../../ui/records.module.css";

interface ReplayModalProps {
  webhookId: string;
  onClose: () => void;
  onDone: () => Promise<void>;
}

/** Asks which events are sent again. */
export function ReplayModal({ webhookId, onClose, onDone }: ReplayModalProps) {
  const { t } = useTranslation();
  const client = useClient();
  const [sessionId, setSessionId] = useState("");
  const [afterSeq, setAfterSeq] = useState("0");
  const [isChecked, setIsChecked] = useState(false);
  const isSessionRight = isId(sessionId.trim());
  const isSeqRight = /^\d+$/.test(afterSeq.trim());
  const replay = useMutation({
    mutationFn: () => client.webhooks.replay(webhookId, { sessionId: sessionId.trim(), afterSeq: Number(afterSeq) }),
    onSuccess: () => {
      onClose();
      return onDone();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setIsChecked(true);
    if (isSessionRight && isSeqRight && !replay.isPending) replay.mutate();
  };
  return (
    <Dialog onClose={onClose} title={t("webhooks.replay")}>
      <form className={styles.form} onSubmit={submit} noValidate>
        <p className={styles.lead}>{t("webhooks.replay_text")}</p>
        <TextInput
          label={t("turns.thread_id")}
          value={sessionId}
          spellCheck={false}
          error={isChecked && !isSessionRight ? t("list.id_wrong") : undefined}
          onChange={(event) => setSessionId(event.currentTarget.value)}
          data-autofocus
        />
        <TextInput
          label={t("webhooks.after_seq")}
          description={t("webhooks.after_seq_hint")}
          inputMode="numeric"
          value={afterSeq}
          error={isChecked && !isSeqRight ? t("webhooks.after_seq_wrong") : undefined}
          onChange={(event) => setAfterSeq(event.currentTarget.value)}
        />
        {replay.isError ? <ProblemNotice problem={describeProblem(replay.error)} /> : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("list.cancel")}
          </Button>
          <Button type="submit" loading={replay.isPending}>
            {t("webhooks.replay")}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
