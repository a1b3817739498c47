import type { Identity } from "@evenkeel/sdk";
import { useTranslation } from "react-i18next";
import { useOutletContext } from "react-router";
import { SearchView } from "../features/search/search-view.tsx";
import { AccountMenu } from "../features/shell/account-menu.tsx";
import { BackToChat, Navigation } from "../features/shell/navigation.tsx";
import { Shell } from "../features/shell/shell.tsx";
import { useDocumentTitle } from "../ui/use-document-title.ts";
import { aboutAddress } from "./about-results.ts";
import styles from "./pages.module.css";
import { isAdministrator, useAdminLinks, useCatalogueLinks, useOperationsEntry } from "./use-admin-links.ts";
import { useSignOut } from "./use-sign-out.ts";

/** Finding events, for everybody of the organization. */
export function SearchPage() {
  const { t } = useTranslation();
  const identity = useOutletContext<Identity>();
  const catalogue = useCatalogueLinks();
  const links = [...useAdminLinks(identity), useOperationsEntry(identity)];
  const signOut = useSignOut();
  useDocumentTitle(t("search.title"));
  return (
    <Shell
      title={t("search.title")}
      skip={t("admin.skip")}
      menu={t("search.menu")}
      panel={undefined}
      account={<AccountMenu identity={identity} onSignOut={signOut} />}
      sidebar={(close) => (
        <>
          <Navigation label={t("catalogue.title")} links={catalogue} onNavigate={close} />
          {isAdministrator(identity) ? <Navigation label={t("admin.label")} links={links} onNavigate={close} /> : null}
          <BackToChat onNavigate={close} />
        </>
      )}
    >
      <div className={styles.admin}>
        <div className={styles.searchColumn}>
          <SearchView chatAddress={aboutAddress} />
        </div>
      </div>
    </Shell>
  );
}
