import { Loader } from "@mantine/core";
import { useTranslation } from "react-i18next";
import styles from "./pages.module.css";

/** Stands in while code or the session loads; shows itself only when that takes a while. */
export function PageLoading() {
  const { t } = useTranslation();
  return (
    <div className={styles.center} role="status" aria-label={t("app.loading")}>
      <div className={styles.late}>
        <Loader type="dots" />
      </div>
    </div>
  );
}
