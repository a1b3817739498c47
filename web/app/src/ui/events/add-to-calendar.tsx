import type { CatalogueEvent } from "@evenkeel/sdk";
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Icon } from "../icons.tsx";
import { saveFile } from "../save-file.ts";
import { eventFile, eventFileName } from "./event-file.ts";

interface AddToCalendarProps {
  event: CatalogueEvent;
  /** As large as the buttons beside it; small on a card. */
  size?: "compact-sm" | "sm";
}

/** Hands the event to the person's calendar, as a file that every calendar takes. */
export function AddToCalendar({ event, size = "compact-sm" }: AddToCalendarProps) {
  const { t } = useTranslation();
  return (
    <Button
      size={size}
      variant="default"
      leftSection={<Icon name="calendar" size={14} />}
      aria-label={t("events.add_to_calendar_named", { title: event.title })}
      onClick={() =>
        saveFile(new Blob([eventFile(event, Date.now())], { type: "text/calendar" }), eventFileName(event.title))
      }
    >
      {t("events.add_to_calendar")}
    </Button>
  );
}
