import { ActionIcon, Drawer } from "@mantine/core";
import { useDisclosure, useMediaQuery } from "@mantine/hooks";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/icons.tsx";
import { Wordmark } from "../../ui/logo.tsx";
import styles from "./shell.module.css";

interface ShellProps {
  /** The list on the left; `close` shuts the drawer it stands in on a small screen. */
  sidebar: (close: () => void) => ReactNode;
  account: ReactNode;
  title: string;
  /** Words of the link that leads keyboards past the list. */
  skip: string;
  /** Name of the drawer the list becomes. */
  menu: string;
  /** The panel on the right, when something is open there. */
  panel: { label: string; content: ReactNode; onClose: () => void } | undefined;
  children: ReactNode;
}

/** Three columns; on smaller screens the outer two become drawers. */
export function Shell({ sidebar, account, title, skip, menu: menuLabel, panel, children }: ShellProps) {
  const { t } = useTranslation();
  const [isMenuOpen, menu] = useDisclosure();
  const isNarrow = useMediaQuery("(max-width: 860px)", undefined, { getInitialValueInEffect: false }) ?? false;
  const isPanelInDrawer = useMediaQuery("(max-width: 1180px)", undefined, { getInitialValueInEffect: false }) ?? false;
  const side = (
    <div className={styles.sidebar}>
      <header className={styles.brand}>
        <Wordmark />
      </header>
      {sidebar(menu.close)}
      <div className={styles.foot}>{account}</div>
    </div>
  );
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#content">
        {skip}
      </a>
      {isNarrow ? (
        <SideDrawer label={menuLabel} isOpen={isMenuOpen} onClose={menu.close} position="left" size={296}>
          {side}
        </SideDrawer>
      ) : (
        side
      )}
      <main id="content" className={styles.main} tabIndex={-1}>
        <header className={styles.top}>
          {isNarrow ? (
            <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t("shell.menu")} onClick={menu.open}>
              <Icon name="menu" size={20} />
            </ActionIcon>
          ) : null}
          <h1 className={styles.title}>{title}</h1>
        </header>
        {children}
      </main>
      <Panel panel={panel} isInDrawer={isPanelInDrawer} />
    </div>
  );
}

interface SideDrawerProps {
  label: string;
  isOpen: boolean;
  onClose: () => void;
  position: "left" | "right";
  size: number;
  children: ReactNode;
}

/** A column that slides over the page. The name stands on the dialog, not on the element around it, which has no role. */
function SideDrawer({ label, isOpen, onClose, position, size, children }: SideDrawerProps) {
  return (
    <Drawer.Root opened={isOpen} onClose={onClose} position={position} size={size} padding={0}>
      <Drawer.Overlay />
      <Drawer.Content aria-label={label}>
        <Drawer.Body className={styles.drawerBody ?? ""}>{children}</Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}

function Panel({ panel, isInDrawer }: { panel: ShellProps["panel"]; isInDrawer: boolean }) {
  if (isInDrawer) {
    return (
      <SideDrawer
        label={panel?.label ?? ""}
        isOpen={panel !== undefined}
        onClose={() => panel?.onClose()}
        position="right"
        size={420}
      >
        {panel?.content}
      </SideDrawer>
    );
  }
  return panel === undefined ? null : (
    <aside className={styles.panel} aria-label={panel.label}>
      {panel.content}
    </aside>
  );
}
