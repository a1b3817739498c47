import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { refreshCatalogue } from "./catalogue-queries.ts";
import type { EventFieldProblem } from "./event-fields.ts";
import { fieldErrors } from "./field-errors.ts";
import type { LocationFieldProblem } from "./location-fields.ts";

type FieldProblem = EventFieldProblem | LocationFieldProblem;

interface RecordFormOptions<Fields, Field extends string, Saved> {
  initial: () => Fields;
  /** What is wrong, field by field, as far as can be said without asking the server. */
  problemsOf: (fields: Fields) => Partial<Record<Field, FieldProblem>>;
  /** Fields by the names they have on the wire. */
  wireNames: Readonly<Record<string, Field>>;
  save: (fields: Fields) => Promise<Saved>;
  onSaved: (saved: Saved) => void;
}

/** What stands in the form of something of the catalogue, what is wrong with it, and saving it. */
export function useRecordForm<Fields, Field extends string, Saved>(options: RecordFormOptions<Fields, Field, Saved>) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [fields, setFields] = useState(options.initial);
  const [isChecked, setIsChecked] = useState(false);
  const saving = useMutation({
    mutationFn: () => options.save(fields),
    onSuccess: async (saved) => {
      options.onSaved(saved);
      await refreshCatalogue(queries);
    },
  });
  const problems = Object.entries(options.problemsOf(fields)) as [Field, FieldProblem][];
  const fromServer = fieldErrors(saving.error, options.wireNames);
  const ours = isChecked ? problems.map(([field, problem]) => [field, t(`catalogue.${problem}`)]) : [];
  return {
    fields,
    errors: { ...fromServer, ...Object.fromEntries(ours) } as Partial<Record<Field, string>>,
    saving,
    /** What the server says of no single field. */
    failure: saving.isError && Object.keys(fromServer).length === 0 ? saving.error : undefined,
    change: (next: Fields) => {
      // What was said of the last try is no longer true.
      if (!saving.isIdle) saving.reset();
      setFields(next);
    },
    submit: (event: FormEvent) => {
      event.preventDefault();
      setIsChecked(true);
      if (problems.length === 0 && !saving.isPending) saving.mutate();
    },
  };
}
