import type { Identity } from "@evenkeel/sdk";
import { type MantineColorScheme, Menu, UnstyledButton, useMantineColorScheme } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { currentLanguage, type Language, languages, switchLanguage } from "../../i18n/i18n.ts";
import { Icon } from "../../ui/icons.tsx";
import styles from "./shell.module.css";

const schemes = [
  { value: "light", icon: "sun", label: "shell.theme_light" },
  { value: "dark", icon: "moon", label: "shell.theme_dark" },
  { value: "auto", icon: "system", label: "shell.theme_auto" },
] as const;

const languageNames = Object.entries(languages);

/** Who is signed in; language, appearance, and the way out. */
export function AccountMenu({ identity, onSignOut }: { identity: Identity; onSignOut: () => void }) {
  const { t } = useTranslation();
  return (
    <Menu
      position="top-start"
      width={256}
      withinPortal
      withInitialFocusPlaceholder={false}
      checkIcon={<Icon name="check" size={16} />}
    >
      <Menu.Target>
        <UnstyledButton className={styles.account ?? ""}>
          <span className="visually-hidden">{t("shell.account")}: </span>
          <span className={styles.avatar} aria-hidden="true">
            {initialOf(identity.user.display_name)}
          </span>
          <span className={styles.who}>
            <span className={styles.name}>{identity.user.display_name}</span>
            <span className={styles.organization}>{identity.organization.name}</span>
          </span>
          <Icon name="more" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <LanguageItems />
        <Menu.Divider />
        <ThemeItems />
        <Menu.Divider />
        <Menu.Item leftSection={<Icon name="signOut" />} onClick={onSignOut}>
          {t("auth.sign_out")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function LanguageItems() {
  const { t } = useTranslation();
  return (
    <>
      <Menu.Label>{t("shell.language")}</Menu.Label>
      <Menu.RadioGroup value={currentLanguage()} onChange={(value) => switchLanguage(value as Language)}>
        {languageNames.map(([language, name]) => (
          <Menu.RadioItem key={language} value={language} lang={language}>
            {name}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </>
  );
}

function ThemeItems() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <>
      <Menu.Label>{t("shell.theme")}</Menu.Label>
      <Menu.RadioGroup value={colorScheme} onChange={(value) => setColorScheme(value as MantineColorScheme)}>
        {schemes.map(({ value, icon, label }) => (
          <Menu.RadioItem key={value} value={value} rightSection={<Icon name={icon} size={16} />}>
            {t(label)}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </>
  );
}

function initialOf(name: string): string {
  return Array.from(name.trim())[0]?.toUpperCase() ?? "?";
}
