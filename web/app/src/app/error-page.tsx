import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useDocumentTitle } from "../ui/use-document-title.ts";
import { MessagePage } from "./message-page.tsx";

/** Shown when a page broke, or its code could not be loaded (a new version was installed meanwhile). */
export function ErrorPage() {
  const { t } = useTranslation();
  useDocumentTitle(t("title.error"));
  return (
    <MessagePage title={t("page.error_title")} text={t("page.error_text")}>
      <Button onClick={() => window.location.reload()}>{t("page.reload")}</Button>
    </MessagePage>
  );
}
