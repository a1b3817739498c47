import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import en from "./en.json";
import zh from "./zh.json";

export const languages = { en: "English", zh: "中文" } as const;
export type Language = keyof typeof languages;

const storageKey = "evenkeel.language";

/** The language chosen before, else the first of the browser's that we speak, else English. */
export function initialLanguage(): Language {
  const wanted = [chosen(), ...navigator.languages].map((tag) => tag?.toLowerCase().split("-")[0]);
  return wanted.find(isLanguage) ?? "en";
}

/** Starts translation; the page's `lang` follows, so that browsers pick Chinese letterforms and the right voice. */
export async function startTranslation(language: Language): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: "en",
    resources: { en: { translation: en }, zh: { translation: zh } },
    interpolation: { escapeValue: false },
  });
  document.documentElement.lang = tagOf(language);
}

/** Switches the page and remembers the choice. */
export async function switchLanguage(language: Language): Promise<void> {
  await i18next.changeLanguage(language);
  document.documentElement.lang = tagOf(language);
  try {
    localStorage.setItem(storageKey, language);
  } catch {
    // Storage is switched off: the choice holds as long as the page.
  }
}

/** The language shown now. */
export function currentLanguage(): Language {
  return isLanguage(i18next.language) ? i18next.language : "en";
}

function chosen(): string | undefined {
  try {
    return localStorage.getItem(storageKey) ?? undefined;
  } catch {
    return undefined;
  }
}

function isLanguage(tag: string | undefined): tag is Language {
  return tag === "en" || tag === "zh";
}

function tagOf(language: Language): string {
  return language === "zh" ? "zh-CN" : "en";
}
