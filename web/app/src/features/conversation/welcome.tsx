import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/icons.tsx";
import { LogoMark } from "../../ui/logo.tsx";
import styles from "./conversation.module.css";

const suggestions = ["chat.suggestion_1", "chat.suggestion_2", "chat.suggestion_3"] as const;

/** The bot that will answer. */
export interface WelcomingBot {
  id: string;
  name: string;
  welcomeMessage: string;
}

/** What a new chat shows: the bot's welcome, and questions that send themselves. */
export function Welcome({ bot, onAsk }: { bot: WelcomingBot | undefined; onAsk: (question: string) => void }) {
  const { t } = useTranslation();
  return (
    <div className={styles.empty}>
      <LogoMark size={44} />
      <h2>{bot?.name ?? t("chat.welcome_title")}</h2>
      <p>{bot === undefined || bot.welcomeMessage === "" ? t("chat.welcome_text") : bot.welcomeMessage}</p>
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
