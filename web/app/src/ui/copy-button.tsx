import { ActionIcon, Tooltip } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { copyText } from "./copy-text.ts";
import { Icon } from "./icons.tsx";

const shownMilliseconds = 1500;

/** Copies `text` and says so, to the eye and to a screen reader. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const { t } = useTranslation();
  const [result, setResult] = useState<"copied" | "failed">();
  useEffect(() => {
    if (result === undefined) return undefined;
    const timer = setTimeout(() => setResult(undefined), shownMilliseconds);
    return () => clearTimeout(timer);
  }, [result]);
  const shown = result === undefined ? label : t(`copy.${result}`);
  return (
    <Tooltip label={shown} openDelay={400} events={{ hover: true, focus: false, touch: false }}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="md"
        aria-label={shown}
        onClick={async () => setResult((await copyText(text)) ? "copied" : "failed")}
      >
        <Icon name={result === "copied" ? "check" : "copy"} size={16} />
      </ActionIcon>
    </Tooltip>
  );
}
