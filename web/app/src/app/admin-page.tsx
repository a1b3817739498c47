import type { Identity } from "@evenkeel/sdk";
import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link, useOutletContext } from "react-router";
import { AccountMenu } from "../features/shell/account-menu.tsx";
import { BackToChat, Navigation, NavigationGroups } from "../features/shell/navigation.tsx";
import { Shell } from "../features/shell/shell.tsx";
import { useDocumentTitle } from "../ui/use-document-title.ts";
import { MessagePage } from "./message-page.tsx";
import styles from "./pages.module.css";
import { isAdministrator, useAdminLinks, useOperationsLinks } from "./use-admin-links.ts";
import { useSignOut } from "./use-sign-out.ts";

interface AdminPageProps {
  title: string;
  /** Who may see the page; owners and administrators of the organization unless told otherwise. */
  isFor?: (identity: Identity) => boolean;
  /** Whether it has more to show side by side than to read. */
  isWide?: boolean;
  children: ReactNode;
}

/** The frame of the pages of administrators; others are told whom they are for. */
export function AdminPage({ title, isFor = isAdministrator, isWide = false, children }: AdminPageProps) {
  const { t } = useTranslation();
  const identity = useOutletContext<Identity>();
  const links = useAdminLinks(identity);
  const operations = useOperationsLinks(identity);
  const signOut = useSignOut();
  useDocumentTitle(title);
  if (!isFor(identity)) {
    return (
      <MessagePage
        title={t("admin.forbidden_title")}
        text={t(isFor === isAdministrator ? "admin.forbidden_text" : "admin.forbidden_text_operators")}
      >
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
          <NavigationGroups>
            <Navigation label={t("admin.label")} links={links} onNavigate={close} />
            {isAdministrator(identity) ? (
              <Navigation label={t("admin.operations")} links={operations} onNavigate={close} />
            ) : null}
          </NavigationGroups>
          <BackToChat onNavigate={close} />
        </>
      )}
    >
      <div className={styles.admin}>
        <div className={styles.adminColumn} data-wide={isWide || undefined}>
          {children}
        </div>
      </div>
    </Shell>
  );
}
