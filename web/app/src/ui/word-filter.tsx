import { TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useState } from "react";

interface WordFilterProps {
  label: string;
  /** What may be written, where a label alone does not tell. */
  example?: string;
  value: string;
  onChange: (words: string) => void;
}

const typingMilliseconds = 300;

/** Words that narrow a list while they are typed. */
export function WordFilter({ label, example, value, onChange }: WordFilterProps) {
  const [words, setWords] = useState(value);
  const tell = useDebouncedCallback((next: string) => onChange(next.trim()), typingMilliseconds);
  return (
    <TextInput
      type="search"
      label={label}
      placeholder={example}
      value={words}
      maxLength={200}
      onChange={(event) => {
        setWords(event.currentTarget.value);
        tell(event.currentTarget.value);
      }}
    />
  );
}
