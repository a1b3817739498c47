import type { ChatThread } from "@evenkeel/sdk";
import { ActionIcon, Menu } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Icon } from "../../ui/icons.tsx";
import styles from "./recents.module.css";

interface RecentItemProps {
  thread: ChatThread;
  isCurrent: boolean;
  onNavigate: () => void;
  onRename: () => void;
  onDelete: () => void;
}

/** One conversation in the list, with its menu. */
export function RecentItem({ thread, isCurrent, onNavigate, onRename, onDelete }: RecentItemProps) {
  const { t, i18n } = useTranslation();
  const title = thread.title === "" ? t("recents.untitled") : thread.title;
  const time = new Date(thread.updated_at);
  const exact = time.toLocaleString(i18n.language, { dateStyle: "medium", timeStyle: "short" });
  return (
    <li className={styles.item} data-current={isCurrent || undefined}>
      <Link
        to={`/chat/${thread.id}`}
        className={styles.link}
        onClick={onNavigate}
        aria-current={isCurrent ? "page" : undefined}
        title={`${title}\n${exact}`}
      >
        <span className={styles.title}>{title}</span>
        {thread.running_turn_id === undefined ? null : (
          <span className={styles.running} role="img" aria-label={t("recents.running")} />
        )}
      </Link>
      <Menu position="bottom-end" withinPortal withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            className={styles.more ?? ""}
            aria-label={t("recents.actions", { title })}
          >
            <Icon name="more" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Icon name="pencil" size={16} />} onClick={onRename}>
            {t("recents.rename")}
          </Menu.Item>
          <Menu.Item color="red.8" leftSection={<Icon name="trash" size={16} />} onClick={onDelete}>
            {t("recents.delete")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </li>
  );
}
