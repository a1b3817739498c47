import { Button, Group } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "../../ui/dialog.tsx";
import { describeProblem } from "../../ui/problem.ts";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { refreshCatalogue } from "./catalogue-queries.ts";

interface ConfirmModalProps {
  title: string;
  /** What the button says: what is done. */
  action: string;
  carryOut: () => Promise<unknown>;
  onClose: () => void;
  onDone: () => void;
  /** What will be lost. */
  children: ReactNode;
}

/** Asks before something of the catalogue is lost. */
export function ConfirmModal({ title, action, carryOut, onClose, onDone, children }: ConfirmModalProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const work = useMutation({
    mutationFn: carryOut,
    onSuccess: async () => {
      onClose();
      onDone();
      await refreshCatalogue(queries);
    },
  });
  return (
    <Dialog onClose={onClose} title={title}>
      {children}
      {work.isError ? <ProblemNotice problem={describeProblem(work.error)} /> : null}
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose} data-autofocus>
          {t("catalogue.cancel")}
        </Button>
        <Button color="red.8" loading={work.isPending} onClick={() => work.mutate()}>
          {action}
        </Button>
      </Group>
    </Dialog>
  );
}
