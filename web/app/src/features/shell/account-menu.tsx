import type { Identity } from "@evenkeel/sdk";
import { Menu, UnstyledButton, useMantineColorScheme } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { currentLanguage, languages, switchLanguage } from "../../i18n/i18n.ts";
import { Icon } from "../../ui/icons.tsx";
import styles from "./shell.module.css";

const schemes = [
  { value: "light", icon: "sun", label: "shell.theme_light" },
  { value: "dark", icon: "moon", label: "shell.theme_dark" },
  { value: "auto", icon: "system", label: "shell.theme_auto" },
] as const;

/** Who is signed in; language, appearance, and the way out. */
export function AccountMenu({ identity, onSignOut }: { identity: Identity; onSignOut: () => void }) {
  const { t } = useTranslation();
  return (
    <Menu position="top-start" width={256} withinPortal>
      <Menu.Target>
        <UnstyledButton
          className={styles.account ?? ""}
          aria-label={`${t("shell.account")}: ${identity.user.display_name}`}
        >
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
  const current = currentLanguage();
  return (
    <>
      <Menu.Label>{t("shell.language")}</Menu.Label>
      {(["en", "zh"] as const).map((language) => (
        <Menu.Item
          key={language}
          role="menuitemradio"
          aria-checked={language === current}
          lang={language}
          closeMenuOnClick={false}
          leftSection={<Icon name="language" />}
          rightSection={language === current ? <Icon name="check" size={16} /> : null}
          onClick={() => switchLanguage(language)}
        >
          {languages[language]}
        </Menu.Item>
      ))}
    </>
  );
}

function ThemeItems() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <>
      <Menu.Label>{t("shell.theme")}</Menu.Label>
      {schemes.map(({ value, icon, label }) => (
        <Menu.Item
          key={value}
          role="menuitemradio"
          aria-checked={value === colorScheme}
          closeMenuOnClick={false}
          leftSection={<Icon name={icon} />}
          rightSection={value === colorScheme ? <Icon name="check" size={16} /> : null}
          onClick={() => setColorScheme(value)}
        >
          {t(label)}
        </Menu.Item>
      ))}
    </>
  );
}

function initialOf(name: string): string {
  return Array.from(name.trim())[0]?.toUpperCase() ?? "?";
}
