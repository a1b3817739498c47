import { Button, Group } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { CopyButton } from "./copy-button.tsx";
import { Dialog } from "./dialog.tsx";
import styles from "./secret-once.module.css";

interface SecretOnceProps {
  title: string;
  /** What it is for. */
  text: string;
  secret: string;
  onClose: () => void;
}

/** Shows a secret the only time it can be seen. Only its button closes it: a slip would lose it. */
export function SecretOnce({ title, text, secret, onClose }: SecretOnceProps) {
  const { t } = useTranslation();
  return (
    <Dialog onClose={onClose} title={title} isHeld>
      <div className={styles.once}>
        <p>{text}</p>
        <div className={styles.secret}>
          <code>{secret}</code>
          <CopyButton text={secret} label={t("list.copy_secret")} />
        </div>
        <p className={styles.warning}>{t("list.secret_once")}</p>
      </div>
      <Group justify="flex-end" mt="md">
        <Button onClick={onClose}>{t("list.secret_kept")}</Button>
      </Group>
    </Dialog>
  );
}
