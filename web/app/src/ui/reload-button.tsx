import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";

/** Loads the page anew. What was typed is kept with every key, so nothing is lost. */
export function ReloadButton() {
  const { t } = useTranslation();
  return (
    <Button size="xs" variant="default" onClick={() => window.location.reload()}>
      {t("page.reload")}
    </Button>
  );
}
