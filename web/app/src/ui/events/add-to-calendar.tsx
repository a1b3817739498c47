import type { CatalogueEvent } from "@evenkeel/sdk";
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Icon } from "../icons.tsx";
import { saveFile } from "../save-file.ts";
import { eventFile, eventFileName } from "./event-file.ts";

/** Hands the event to the person's calendar, as a file that every calendar takes. */
export function AddToCalendar({ event }: { event: CatalogueEvent }) {
  const { t } = useTranslation();
  return (
    <Button
      size="compact-sm"
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
