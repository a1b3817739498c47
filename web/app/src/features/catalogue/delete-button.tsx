import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import styles from "./catalogue.module.css";
import { ConfirmModal } from "./confirm-modal.tsx";

interface DeleteButtonProps {
  title: string;
  /** What will be lost. */
  text: string;
  /** Where to go when it is gone. */
  to: string;
  carryOut: () => Promise<unknown>;
}

/** Deletes something of the catalogue, once that is confirmed. */
export function DeleteButton({ title, text, to, carryOut }: DeleteButtonProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [isAsking, setIsAsking] = useState(false);
  return (
    <>
      <Button variant="default" onClick={() => setIsAsking(true)}>
        {t("catalogue.delete")}
      </Button>
      {isAsking ? (
        <ConfirmModal
          title={title}
          action={t("catalogue.delete")}
          carryOut={carryOut}
          onClose={() => setIsAsking(false)}
          onDone={() => navigate(to, { replace: true })}
        >
          <p className={styles.loss}>{text}</p>
        </ConfirmModal>
      ) : null}
    </>
  );
}
