import { useTranslation } from "react-i18next";

/** Names a language by its code, in the language of the page. */
export function useLanguageName(): (code: string) => string {
  const { t, i18n } = useTranslation();
  return (code) => {
    if (code === "" || code === "und") return t("place.language_unknown");
    try {
      return new Intl.DisplayNames([i18n.language], { type: "language" }).of(code) ?? code;
    } catch {
      // Not a code of a language at all: what the server said is still better than nothing.
      return code;
    }
  };
}
