import { Button, Group } from "@mantine/core";
import type { UseMutationResult } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "../../ui/dialog.tsx";
import { describeProblem } from "../../ui/problem.ts";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { problemsOf, type SourceFields } from "./source-fields.ts";
import { type SourceErrors, SourceForm, serverErrors } from "./source-form.tsx";

interface SourceModalProps {
  title: string;
  submit: string;
  fields: SourceFields;
  onChange: (fields: SourceFields) => void;
  save: UseMutationResult<unknown, Error, void>;
  onClose: () => void;
  /** Stands above the fields. */
  children?: ReactNode;
}

/** The dialog around the fields of a source: says what is wrong once it was tried, and saves. */
export function SourceModal({ title, submit, fields, onChange, save, onClose, children }: SourceModalProps) {
  const { t } = useTranslation();
  const [isChecked, setIsChecked] = useState(false);
  const problems = problemsOf(fields);
  const fromServer = serverErrors(save.error);
  const errors: SourceErrors = {
    ...fromServer,
    ...(isChecked
      ? Object.fromEntries(Object.entries(problems).map(([field, problem]) => [field, t(`knowledge.${problem}`)]))
      : {}),
  };
  const trySave = (event: FormEvent) => {
    event.preventDefault();
    setIsChecked(true);
    if (Object.keys(problems).length === 0 && !save.isPending) save.mutate();
  };
  const change = (next: SourceFields) => {
    // What the server said of a field is no longer true once it was changed.
    if (save.isError) save.reset();
    onChange(next);
  };
  return (
    <Dialog onClose={onClose} title={title}>
      <form onSubmit={trySave} noValidate>
        {children}
        <SourceForm fields={fields} errors={errors} onChange={change} />
        {save.isError && Object.keys(fromServer).length === 0 ? (
          <ProblemNotice problem={describeProblem(save.error)} />
        ) : null}
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={onClose}>
            {t("knowledge.cancel")}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {submit}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
