import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import styles from "./trail.module.css";

interface TrailProps {
  parents: readonly { to: string; label: string }[];
  current: string;
}

/** Where the page stands, and the way up. */
export function Trail({ parents, current }: TrailProps) {
  const { t } = useTranslation();
  return (
    <nav className={styles.trail} aria-label={t("page.trail")}>
      <ol>
        {parents.map(({ to, label }) => (
          <li key={to}>
            <Link to={to}>{label}</Link>
          </li>
        ))}
        <li aria-current="page">{current}</li>
      </ol>
    </nav>
  );
}
