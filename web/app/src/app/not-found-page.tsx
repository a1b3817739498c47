import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useDocumentTitle } from "../ui/use-document-title.ts";
import { MessagePage } from "./message-page.tsx";

export function NotFoundPage() {
  const { t } = useTranslation();
  useDocumentTitle(t("title.not_found"));
  return (
    <MessagePage title={t("page.not_found_title")} text={t("page.not_found_text")}>
      <Button component={Link} to="/chat">
        {t("page.to_chat")}
      </Button>
    </MessagePage>
  );
}
