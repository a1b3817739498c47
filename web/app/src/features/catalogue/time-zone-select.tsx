import { Select } from "@mantine/core";
import { useMemo } from "react";

interface TimeZoneSelectProps {
  label: string;
  description?: string;
  /** Fields beside it have no description: theirs and this one's stand in a line. */
  isHintBelow?: boolean;
  placeholder?: string;
  value: string;
  error?: string | undefined;
  onChange: (zone: string) => void;
}

/** Chooses a time zone by its IANA name; empty = none. */
export function TimeZoneSelect({ value, onChange, isHintBelow = false, ...rest }: TimeZoneSelectProps) {
  // What the server knows and the browser does not is kept.
  const zones = useMemo(
    () => [...new Set(["UTC", ...Intl.supportedValuesOf("timeZone"), ...(value === "" ? [] : [value])])],
    [value],
  );
  return (
    <Select
      {...rest}
      inputWrapperOrder={[
        "label",
        ...(isHintBelow ? [] : (["description"] as const)),
        "input",
        ...(isHintBelow ? (["description"] as const) : []),
        "error",
      ]}
      searchable
      clearable
      limit={50}
      value={value === "" ? null : value}
      onChange={(zone) => onChange(zone ?? "")}
      data={zones}
    />
  );
}
