import { type InputWrapperProps, Select } from "@mantine/core";
import { useMemo } from "react";

interface TimeZoneSelectProps {
  label: string;
  description?: string;
  placeholder?: string;
  value: string;
  error?: string | undefined;
  onChange: (zone: string) => void;
}

/** Fields that stand beside others have their hint below, so that all of them stand in a line. */
export const hintBelow: InputWrapperProps["inputWrapperOrder"] & object = ["label", "input", "description", "error"];

/** Chooses a time zone by its IANA name; empty = none. */
export function TimeZoneSelect({ value, onChange, ...rest }: TimeZoneSelectProps) {
  // What the server knows and the browser does not is kept.
  const zones = useMemo(
    () => [...new Set(["UTC", ...Intl.supportedValuesOf("timeZone"), ...(value === "" ? [] : [value])])],
    [value],
  );
  return (
    <Select
      {...rest}
      inputWrapperOrder={hintBelow}
      searchable
      clearable
      limit={50}
      value={value === "" ? null : value}
      onChange={(zone) => onChange(zone ?? "")}
      data={zones}
    />
  );
}
