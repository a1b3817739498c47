import { useTranslation } from "react-i18next";

/** Words for a wait of so many whole seconds: "45 s", "4 min 20 s". */
export function useWaitText(): (seconds: number) => string {
  const { t } = useTranslation();
  return (seconds) =>
    seconds < 60
      ? t("wait.seconds", { seconds })
      : t("wait.minutes", { minutes: Math.floor(seconds / 60), seconds: seconds % 60 });
}
