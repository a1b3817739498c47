import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/icons.tsx";
import { LogoMark } from "../../ui/logo.tsx";
import styles from "./conversation.module.css";

const suggestions = ["chat.suggestion_1", "chat.suggestion_2", "chat.suggestion_3"] as const;

/** What a new chat shows: the bot's welcome, and questions that send themselves. */
export function Welcome({ message, onAsk }: { message: string; onAsk: (question: string) => void }) {
  const { t } = useTranslation();
  return (
    <div className={styles.empty}>
      <LogoMark size={44} />
      <h2>{t("chat.welcome_title")}</h2>
      <p className={styles.welcome}>{message === "" ? t("chat.welcome_text") : message}</p>
      <ul className={styles.suggestions} aria-label={t("chat.suggestions")}>
        {suggestions.map((key) => (
          <li key={key}>
            <button type="button" className={styles.suggestion} onClick={() => onAsk(t(key))}>
              {t(key)}
              <Icon name="send" size={16} />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
