import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { currentLanguage, languages, switchLanguage } from "../../i18n/i18n.ts";
import { Icon } from "../../ui/icons.tsx";

/** A button to the other language, in that language. */
export function LanguageSwitch() {
  useTranslation();
  const other = currentLanguage() === "en" ? "zh" : "en";
  return (
    <Button
      variant="subtle"
      color="gray"
      size="compact-md"
      lang={other === "zh" ? "zh-CN" : "en"}
      leftSection={<Icon name="language" />}
      onClick={() => switchLanguage(other)}
    >
      {languages[other]}
    </Button>
  );
}
