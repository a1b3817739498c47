import { Button, Group } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "./dialog.tsx";
import { describeProblem } from "./problem.ts";
import { ProblemNotice } from "./problem-notice.tsx";

interface ConfirmDialogProps {
  title: string;
  /** What the button says: what is done. */
  action: string;
  /** Nothing is lost: the button is not red. */
  isHarmless?: boolean;
  carryOut: () => Promise<unknown>;
  onClose: () => void;
  onDone: () => void | Promise<void>;
  /** What will be lost. */
  children: ReactNode;
}

/** Asks before something is done that cannot be undone, does it, and says when that did not work. */
export function ConfirmDialog({ title, action, isHarmless = false, ...props }: ConfirmDialogProps) {
  const { t } = useTranslation();
  const work = useMutation({
    mutationFn: props.carryOut,
    onSuccess: () => {
      props.onClose();
      return props.onDone();
    },
  });
  return (
    <Dialog onClose={props.onClose} title={title}>
      {props.children}
      {work.isError ? <ProblemNotice problem={describeProblem(work.error)} /> : null}
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={props.onClose} data-autofocus>
          {t("list.cancel")}
        </Button>
        <Button {...(isHarmless ? {} : { color: "red.8" })} loading={work.isPending} onClick={() => work.mutate()}>
          {action}
        </Button>
      </Group>
    </Dialog>
  );
}
