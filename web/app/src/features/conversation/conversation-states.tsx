import { Button, Skeleton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { LogoMark } from "../../ui/logo.tsx";
import styles from "./conversation.module.css";

/** The shape of a conversation while it loads; shown only when that takes a while. */
export function ConversationLoading() {
  const { t } = useTranslation();
  return (
    <div className={styles.loading} role="status" aria-label={t("chat.loading")}>
      <Skeleton height={40} width="46%" ml="auto" radius="lg" mb={32} />
      {[94, 88, 97, 52].map((width) => (
        <Skeleton key={width} height={14} width={`${width}%`} my={12} />
      ))}
    </div>
  );
}

/** No such conversation, or not one's own: the server does not tell which. */
export function ConversationMissing() {
  const { t } = useTranslation();
  return (
    <div className={styles.empty}>
      <LogoMark size={40} />
      <h2>{t("chat.not_found_title")}</h2>
      <p>{t("chat.not_found_text")}</p>
      <div>
        <Button component={Link} to="/chat" mt="lg">
          {t("chat.start_new")}
        </Button>
      </div>
    </div>
  );
}
