import type { Identity } from "@evenkeel/sdk";
import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link, useOutletContext } from "react-router";
import { AccountMenu } from "../features/shell/account-menu.tsx";
import { BackToChat, Navigation } from "../features/shell/navigation.tsx";
import { Shell } from "../features/shell/shell.tsx";
import { useDocumentTitle } from "../ui/use-document-title.ts";
import { MessagePage } from "./message-page.tsx";
import styles from "./pages.module.css";
import { isAdministrator, useAdminLinks } from "./use-admin-links.ts";
import { useSignOut } from "./use-sign-out.ts";

interface AdminPageProps {
  title: string;
  children: ReactNode;
}

/** The frame of the pages of owners and administrators; others are told so. */
export function AdminPage({ title, children }: AdminPageProps) {
  const { t } = useTranslation();
  const identity = useOutletContext<Identity>();
  const links = useAdminLinks();
  const signOut = useSignOut();
  useDocumentTitle(title);
  if (!isAdministrator(identity)) {
    return (
      <MessagePage title={t("admin.forbidden_title")} text={t("admin.forbidden_text")}>
        <Button component={Link} to="/chat">
          {t("page.to_chat")}
        </Button>
      </MessagePage>
    );
  }
  return (
    <Shell
      title={title}
      skip={t("admin.skip")}
      menu={t("admin.label")}
      panel={undefined}
      account={<AccountMenu identity={identity} onSignOut={signOut} />}
      sidebar={(close) => (
        <>
          <Navigation label={t("admin.label")} links={links} onNavigate={close} />
          <BackToChat onNavigate={close} />
        </>
      )}
    >
      <div className={styles.admin}>{children}</div>
    </Shell>
  );
}
