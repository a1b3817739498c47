import { InvalidRequestError } from "@evenkeel/sdk";

/** What the server says of single fields, under the names they have in the form; empty where it says nothing of one that stands there. */
export function fieldErrors<Field extends string>(
  error: unknown,
  names: Readonly<Record<string, Field>>,
): Partial<Record<Field, string>> {
  if (!(error instanceof InvalidRequestError)) return {};
  const found: Partial<Record<Field, string>> = {};
  for (const { field, message } of error.fieldErrors) {
    const name =
      names[
        field
          .replaceAll(/\[\d+\]|\.\d+/g, "")
          .split(".")
          .at(-1) ?? ""
      ];
    if (name !== undefined) found[name] = message;
  }
  return found;
}
