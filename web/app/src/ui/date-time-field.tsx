import { TextInput } from "@mantine/core";

interface DateTimeFieldProps {
  label: string;
  /** ISO 8601; empty = none. */
  value: string;
  error?: string | undefined;
  required?: boolean;
  onChange: (value: string) => void;
}

/** Chooses a moment, in the time of whoever looks. */
export function DateTimeField({ label, value, error, required = false, onChange }: DateTimeFieldProps) {
  return (
    <TextInput
      type="datetime-local"
      label={label}
      value={localText(value)}
      error={error}
      required={required}
      onChange={(event) => onChange(isoText(event.currentTarget.value))}
    />
  );
}

/** How the browser's field writes a moment; empty for what is none. */
export function localText(iso: string): string {
  const moment = Date.parse(iso);
  if (Number.isNaN(moment)) return "";
  const offset = new Date(moment).getTimezoneOffset() * 60_000;
  return new Date(moment - offset).toISOString().slice(0, 16);
}

/** A moment of the browser's field as it goes over the wire; empty for what is none. */
export function isoText(local: string): string {
  const moment = Date.parse(local);
  return Number.isNaN(moment) ? "" : new Date(moment).toISOString();
}
