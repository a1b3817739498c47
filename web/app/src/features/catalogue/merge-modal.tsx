import type { CatalogueLocation } from "@evenkeel/sdk";
import { Radio, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useClient } from "../../session/client-context.ts";
import { fullPlaceName } from "../../ui/events/place-name.ts";
import styles from "./catalogue.module.css";
import { ConfirmModal } from "./confirm-modal.tsx";

interface MergeModalProps {
  /** Two at least. */
  locations: readonly CatalogueLocation[];
  onClose: () => void;
  onMerged: () => void;
}

/** Asks which of several places stays; the others become names of it, and their events happen there. */
export function MergeModal({ locations, onClose, onMerged }: MergeModalProps) {
  const { t } = useTranslation();
  const client = useClient();
  const [kept, setKept] = useState(() => mostUsed(locations));
  return (
    <ConfirmModal
      title={t("catalogue.merge_title", { count: locations.length })}
      action={t("catalogue.merge")}
      carryOut={() =>
        client.catalogue.mergeLocations(
          kept,
          locations.map(({ id }) => id).filter((id) => id !== kept),
        )
      }
      onClose={onClose}
      onDone={onMerged}
    >
      <Radio.Group label={t("catalogue.merge_into")} value={kept} onChange={setKept}>
        <Stack gap="xs" mt="xs" mb="md">
          {locations.map((location) => (
            <Radio
              key={location.id}
              value={location.id}
              label={fullPlaceName({ name: location.name, country: location.parent_name })}
              description={t("search.total", { count: location.event_count })}
            />
          ))}
        </Stack>
      </Radio.Group>
      <p className={styles.loss}>{t("catalogue.merge_text")}</p>
    </ConfirmModal>
  );
}

function mostUsed(locations: readonly CatalogueLocation[]): string {
  return [...locations].sort((one, other) => other.event_count - one.event_count)[0]?.id ?? "";
}
