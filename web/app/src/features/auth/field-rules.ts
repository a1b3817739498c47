import i18next from "i18next";

/** Length limits of the server. */
export const passwordLength = { min: 10, max: 128 };
const nameLength = 100;

export function checkEmail(email: string): string | undefined {
  if (email.trim() === "") return i18next.t("auth.email_missing");
  return /^\S+@\S+$/.test(email.trim()) ? undefined : i18next.t("auth.email_invalid");
}

export function checkNewPassword(password: string): string | undefined {
  if (password.length < passwordLength.min) return i18next.t("auth.password_short");
  return password.length > passwordLength.max ? i18next.t("auth.password_long") : undefined;
}

export function checkName(name: string): string | undefined {
  return name.trim().length > nameLength ? i18next.t("auth.too_long", { count: nameLength }) : undefined;
}

/** Leaves only the fields that have something wrong. */
export function onlyErrors<Name extends string>(
  found: Record<Name, string | undefined>,
): Partial<Record<Name, string>> {
  return Object.fromEntries(Object.entries(found).filter(([, message]) => message !== undefined)) as Partial<
    Record<Name, string>
  >;
}
