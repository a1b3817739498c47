import { NativeSelect } from "@mantine/core";
import { useTranslation } from "react-i18next";

interface AttendingSelectProps {
  /** True = online, false = in person, undefined = either. */
  value: boolean | undefined;
  onChange: (value: boolean | undefined) => void;
}

/** Chooses how events are attended. */
export function AttendingSelect({ value, onChange }: AttendingSelectProps) {
  const { t } = useTranslation();
  return (
    <NativeSelect
      label={t("search.attend")}
      value={value === undefined ? "" : String(value)}
      onChange={(event) => {
        const chosen = event.currentTarget.value;
        onChange(chosen === "" ? undefined : chosen === "true");
      }}
      data={[
        { value: "", label: t("search.attend_any") },
        { value: "true", label: t("events.online") },
        { value: "false", label: t("events.in_person") },
      ]}
    />
  );
}
