import { Title } from "@mantine/core";
import type { ReactNode } from "react";
import { Wordmark } from "../../ui/logo.tsx";
import styles from "./auth-card.module.css";

interface AuthCardProps {
  title: string;
  lead: string;
  footer: ReactNode;
  children: ReactNode;
}

/** The frame of the sign-in and sign-up pages. */
export function AuthCard({ title, lead, footer, children }: AuthCardProps) {
  return (
    <div className={styles.card}>
      <div className={styles.brand}>
        <Wordmark size={36} />
      </div>
      <Title order={1} className={styles.title}>
        {title}
      </Title>
      <p className={styles.lead}>{lead}</p>
      {children}
      <p className={styles.footer}>{footer}</p>
    </div>
  );
}
