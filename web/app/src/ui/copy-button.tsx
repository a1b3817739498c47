import { ActionIcon, Tooltip } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import { Icon } from "./icons.tsx";

/** Copies `text` and says so, to the eye and to a screen reader. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const { t } = useTranslation();
  const clipboard = useClipboard({ timeout: 1500 });
  const shown = clipboard.error ? t("copy.failed") : clipboard.copied ? t("copy.copied") : label;
  return (
    <Tooltip label={shown} openDelay={400} events={{ hover: true, focus: false, touch: false }}>
      <ActionIcon variant="subtle" color="gray" size="md" aria-label={shown} onClick={() => clipboard.copy(text)}>
        <Icon name={clipboard.copied ? "check" : "copy"} size={16} />
      </ActionIcon>
    </Tooltip>
  );
}
