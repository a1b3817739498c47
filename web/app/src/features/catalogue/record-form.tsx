import { Button, Group } from "@mantine/core";
import type { FormEvent, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { describeProblem } from "../../ui/problem.ts";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import styles from "./catalogue.module.css";

interface RecordFormProps {
  form: {
    submit: (event: FormEvent) => void;
    saving: { isPending: boolean; isSuccess: boolean };
    failure: Error | undefined;
  };
  /** What the button says. */
  action: string;
  /** Further buttons, of something that is there; undefined = it is to be made. */
  buttons?: ReactNode;
  /** The fields. */
  children: ReactNode;
}

/** A form of the catalogue: its fields, what went wrong with all of it, and its buttons. */
export function RecordForm({ form, action, buttons, children }: RecordFormProps) {
  const { t } = useTranslation();
  // Once something is made, its own page takes this form's place: what was typed meanwhile would be lost. That page may take a moment.
  const isBeingMade = buttons === undefined && (form.saving.isPending || form.saving.isSuccess);
  return (
    <form className={styles.editor} onSubmit={form.submit} noValidate>
      <fieldset className={styles.fields} disabled={isBeingMade}>
        {children}
      </fieldset>
      {form.failure === undefined ? null : <ProblemNotice problem={describeProblem(form.failure)} />}
      <Group justify="space-between" gap="sm">
        <Group gap="sm">
          <Button type="submit" loading={form.saving.isPending}>
            {action}
          </Button>
          <span role="status">{form.saving.isSuccess ? t("catalogue.saved") : ""}</span>
        </Group>
        {buttons === undefined ? null : <Group gap="sm">{buttons}</Group>}
      </Group>
    </form>
  );
}
