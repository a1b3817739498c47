import { EvenkeelError } from "@evenkeel/sdk";
import { type FormEvent, useRef, useState } from "react";
import { describeProblem, type Problem } from "../../ui/problem.ts";

type Values<Name extends string> = Record<Name, string>;
type Errors<Name extends string> = Partial<Record<Name, string>>;

interface FieldsOptions<Name extends string> {
  initial: Values<Name>;
  /** What can be said without asking the server. */
  check: (values: Values<Name>) => Errors<Name>;
  submit: (values: Values<Name>) => Promise<void>;
}

/** A small form: values, errors per field from here and from the server, and one general problem. */
export function useFields<Name extends string>({ initial, check, submit }: FieldsOptions<Name>) {
  const [values, setValues] = useState(initial);
  const [errors, setErrors] = useState<Errors<Name>>({});
  const [problem, setProblem] = useState<Problem>();
  const [isBusy, setIsBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  const showErrors = (found: Errors<Name>) => {
    setErrors(found);
    const first = Object.keys(initial).find((name) => found[name as Name] !== undefined);
    if (first !== undefined) form.current?.querySelector<HTMLElement>(`[name="${first}"]`)?.focus();
  };

  const onSubmit = async (event: FormEvent) => {
    event.preventDefault();
    if (isBusy) return;
    const found = check(values);
    setProblem(undefined);
    showErrors(found);
    if (Object.keys(found).length > 0) return;
    setIsBusy(true);
    try {
      await submit(values);
    } catch (error) {
      const fields = fieldErrors(error, initial);
      showErrors(fields);
      if (Object.keys(fields).length === 0) setProblem(describeProblem(error));
    } finally {
      setIsBusy(false);
    }
  };

  const field = (name: Name) => ({
    name,
    value: values[name],
    error: errors[name],
    // The password field of the component library does not say it by itself.
    "aria-invalid": errors[name] !== undefined,
    onChange: (event: { currentTarget: { value: string } }) => {
      const value = event.currentTarget.value;
      setValues((before) => ({ ...before, [name]: value }));
      setErrors(({ [name]: _fixed, ...others }) => others as Errors<Name>);
    },
  });

  return { form: { ref: form, onSubmit, noValidate: true }, field, problem, isBusy };
}

// Fields this form does not have stay a general problem.
function fieldErrors<Name extends string>(error: unknown, known: Values<Name>): Errors<Name> {
  const found: Errors<Name> = {};
  if (!(error instanceof EvenkeelError)) return found;
  for (const { field, message } of error.fieldErrors) {
    if (!Object.hasOwn(known, field)) continue;
    const name = field as Name;
    found[name] = found[name] === undefined ? message : `${found[name]} ${message}`;
  }
  return found;
}
