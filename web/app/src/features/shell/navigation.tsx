import { useTranslation } from "react-i18next";
import { NavLink } from "react-router";
import { Icon, type IconName } from "../../ui/icons.tsx";
import styles from "./navigation.module.css";

/** A page one can go to. */
export interface NavigationLink {
  to: string;
  label: string;
  icon: IconName;
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
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
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
