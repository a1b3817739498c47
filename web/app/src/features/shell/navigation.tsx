import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { NavLink } from "react-router";
import { Icon, type IconName } from "../../ui/icons.tsx";
import styles from "./navigation.module.css";

/** A page one can go to. */
export interface NavigationLink {
  to: string;
  label: string;
  icon: IconName;
  /** Something there waits for somebody. */
  badge?: { count: number; label: string } | undefined;
}

interface NavigationProps {
  label: string;
  links: readonly NavigationLink[];
  /** After a click: a drawer closes. */
  onNavigate: () => void;
}

/** Links to pages, the one that is open marked. */
export function Navigation({ label, links, onNavigate }: NavigationProps) {
  return (
    <nav className={styles.navigation} aria-label={label}>
      <p className={styles.heading} aria-hidden="true">
        {label}
      </p>
      <ul>
        {links.map((link) => (
          <li key={link.to}>
            <NavLink to={link.to} className={styles.link ?? ""} onClick={onNavigate}>
              <Icon name={link.icon} />
              {link.label}
              {link.badge === undefined ? null : (
                <span className={styles.badge} title={link.badge.label}>
                  <span aria-hidden="true">{link.badge.count}</span>
                  <span className="visually-hidden">{link.badge.label}</span>
                </span>
              )}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Several groups of links; with little room they scroll and what stands below them stays. */
export function NavigationGroups({ children }: { children: ReactNode }) {
  return <div className={styles.groups}>{children}</div>;
}

/** The way from the pages of administrators back to the conversations. */
export function BackToChat({ onNavigate }: { onNavigate: () => void }) {
  const { t } = useTranslation();
  return (
    <div className={styles.back}>
      <NavLink to="/chat" className={styles.link ?? ""} onClick={onNavigate}>
        <Icon name="back" />
        {t("admin.back")}
      </NavLink>
    </div>
  );
}
