import { Menu } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Icon, type IconName } from "../icons.tsx";
import styles from "./events.module.css";

interface UnderstoodChipProps {
  icon: IconName;
  label: string;
  /** Other readings; none = it cannot be corrected. */
  choices: readonly { key: string; label: string; choose: () => void }[];
  onRemove: (() => void) | undefined;
}

/** One thing that was understood, with its other readings in a menu and a way to leave it out. */
export function UnderstoodChip({ icon, label, choices, onRemove }: UnderstoodChipProps) {
  const { t } = useTranslation();
  const content = (
    <>
      <Icon name={icon} size={15} />
      {label}
    </>
  );
  return (
    <li className={styles.chip}>
      {choices.length === 0 ? (
        <span>{content}</span>
      ) : (
        <Menu position="bottom-start" withinPortal withInitialFocusPlaceholder={false}>
          <Menu.Target>
            <button type="button" aria-label={t("events.correct", { part: label })}>
              {content}
              <Icon name="chevron" size={15} />
            </button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>{t("events.meant")}</Menu.Label>
            {choices.map((choice) => (
              <Menu.Item key={choice.key} onClick={choice.choose}>
                {choice.label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {onRemove === undefined ? null : (
        <button
          type="button"
          className={styles.remove}
          aria-label={t("events.leave_out", { part: label })}
          onClick={onRemove}
        >
          <Icon name="close" size={13} />
        </button>
      )}
    </li>
  );
}
