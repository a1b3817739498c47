import { type EventTypeDescription, InvalidRequestError } from "@evenkeel/sdk";
import { Button, Group, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useClient } from "../../session/client-context.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { describeProblem } from "../../ui/problem.ts";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import styles from "../../ui/records.module.css";
import {
  fieldsOfType,
  jsonError,
  privacies,
  retentions,
  type TypeFields,
  typeProblems,
  typeRequest,
} from "./type-fields.ts";

interface TypeModalProps {
  /** Undefined = one that is to be registered. */
  type: EventTypeDescription | undefined;
  onClose: () => void;
  onSaved: () => Promise<void>;
}

/** Asks what an event type is called, what its data looks like, how long it is kept and who sees it. */
export function TypeModal({ type, onClose, onSaved }: TypeModalProps) {
  const { t } = useTranslation();
  const client = useClient();
  const [fields, setFields] = useState(() => fieldsOfType(type));
  const [isChecked, setIsChecked] = useState(false);
  const save = useMutation({
    mutationFn: () =>
      type === undefined
        ? client.timeline.registerEventType(typeRequest(fields))
        : client.timeline.saveEventType(typeRequest(fields)),
    onSuccess: () => {
      onClose();
      return onSaved();
    },
  });
  const problems = typeProblems(fields);
  const fromServer = serverErrors(save.error);
  const put = (next: Partial<TypeFields>) => {
    // What was said of the last try is no longer true.
    if (!save.isIdle) save.reset();
    setFields((current) => ({ ...current, ...next }));
  };
  const errorOf = (name: keyof TypeFields) => {
    const problem = isChecked ? problems[name] : undefined;
    if (problem === "json") return t("event_types.wrong_json", { error: jsonError(fields.schema) ?? "" });
    return problem === undefined ? fromServer[name] : t(`event_types.wrong_${problem}`);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setIsChecked(true);
    if (Object.keys(problems).length === 0 && !save.isPending) save.mutate();
  };
  const text = (name: "type" | "emoji" | "english" | "chinese") => ({
    label: t(`event_types.${name}`),
    value: fields[name],
    error: errorOf(name),
    onChange: (event: { currentTarget: { value: string } }) => put({ [name]: event.currentTarget.value }),
  });
  return (
    <Dialog onClose={onClose} size="lg" title={t(type === undefined ? "event_types.add" : "event_types.change_title")}>
      <form className={styles.form} onSubmit={submit} noValidate>
        <TextInput
          {...text("type")}
          description={t("event_types.type_hint")}
          disabled={type !== undefined}
          spellCheck={false}
          maxLength={64}
          data-autofocus
        />
        <div className={styles.pair}>
          <TextInput {...text("emoji")} maxLength={16} />
          <TextInput {...text("english")} maxLength={200} />
          <TextInput {...text("chinese")} maxLength={200} />
        </div>
        <Textarea
          label={t("event_types.schema")}
          description={t("event_types.schema_hint")}
          value={fields.schema}
          error={errorOf("schema")}
          rows={10}
          spellCheck={false}
          styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)", fontSize: 13 } }}
          onChange={(event) => put({ schema: event.currentTarget.value })}
        />
        <div className={styles.pair}>
          <NativeSelect
            label={t("event_types.retention")}
            value={fields.retention}
            onChange={({ currentTarget: { value } }) =>
              put({ retention: retentions.find((one) => one === value) ?? "event" })
            }
            data={retentions.map((value) => ({ value, label: t(`event_types.retention_${value}`) }))}
          />
          <NativeSelect
            label={t("event_types.privacy")}
            value={fields.privacy}
            onChange={({ currentTarget: { value } }) =>
              put({ privacy: privacies.find((one) => one === value) ?? "operational" })
            }
            data={privacies.map((value) => ({ value, label: t(`event_types.privacy_${value}`) }))}
          />
        </div>
        {save.isError && Object.keys(fromServer).length === 0 ? (
          <ProblemNotice problem={describeProblem(save.error)} />
        ) : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("list.cancel")}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {t("event_types.save")}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}

function serverErrors(error: unknown): Partial<Record<keyof TypeFields, string>> {
  if (!(error instanceof InvalidRequestError)) return {};
  return Object.fromEntries(
    error.fieldErrors.map(({ field, message }) => {
      const name = field.replace(/[.[].*$/, "");
      return [name === "event_type" ? "type" : name, message];
    }),
  );
}
