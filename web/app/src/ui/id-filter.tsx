import { TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

interface IdFilterProps {
  label: string;
  value: string;
  onChange: (id: string) => void;
}

const pattern = /^[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}$/i;

/** Whether it is the id of something. */
export function isId(text: string | null): text is string {
  return text !== null && pattern.test(text);
}

/** Narrows a list to what carries an id; half an id narrows nothing. */
export function IdFilter({ label, value, onChange }: IdFilterProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState({ from: value, text: value });
  // Somebody else changed the filter: a link, or a step back.
  const text = typed.from === value ? typed.text : value;
  return (
    <TextInput
      type="search"
      label={label}
      value={text}
      spellCheck={false}
      error={text.trim() === "" || isId(text.trim()) ? undefined : t("list.id_wrong")}
      onChange={({ currentTarget }) => {
        const next = currentTarget.value.trim();
        const told = next === "" || isId(next) ? next : value;
        setTyped({ from: told, text: currentTarget.value });
        if (told !== value) onChange(told);
      }}
    />
  );
}
