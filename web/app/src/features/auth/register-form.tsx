import { Anchor, Button, PasswordInput, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { currentLanguage } from "../../i18n/i18n.ts";
import { useClient } from "../../session/client-context.ts";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import styles from "./auth-card.module.css";
import { AuthCard } from "./auth-card.tsx";
import { checkEmail, checkName, checkNewPassword, onlyErrors } from "./field-rules.ts";
import { useFields } from "./use-fields.ts";

interface RegisterFormProps {
  search: string;
}

export function RegisterForm({ search }: RegisterFormProps) {
  const { t } = useTranslation();
  const client = useClient();
  const { form, field, problem, isBusy } = useFields({
    initial: { email: "", password: "", display_name: "", organization_name: "" },
    check: (values) =>
      onlyErrors({
        email: checkEmail(values.email),
        password: checkNewPassword(values.password),
        display_name: checkName(values.display_name),
        organization_name: checkName(values.organization_name),
      }),
    submit: async ({ email, password, display_name, organization_name }) => {
      await client.accounts.register({
        email: email.trim(),
        password,
        ...(display_name.trim() === "" ? {} : { display_name: display_name.trim() }),
        ...(organization_name.trim() === "" ? {} : { organization_name: organization_name.trim() }),
        locale: currentLanguage(),
      });
    },
  });
  const footer = (
    <>
      {t("auth.have_account")}{" "}
      <Anchor component={Link} underline="always" to={`/login${search}`}>
        {t("auth.sign_in")}
      </Anchor>
    </>
  );
  return (
    <AuthCard title={t("auth.register")} lead={t("auth.register_lead")} footer={footer}>
      <form {...form} className={styles.fields}>
        {problem === undefined ? null : <ProblemNotice problem={problem} />}
        <TextInput
          {...field("email")}
          type="email"
          autoComplete="username"
          label={t("auth.email")}
          size="md"
          required
          withAsterisk={false}
        />
        <PasswordInput
          {...field("password")}
          autoComplete="new-password"
          label={t("auth.password")}
          description={t("auth.password_rules")}
          visibilityToggleButtonProps={{ "aria-label": t("auth.password_show") }}
          size="md"
          required
          withAsterisk={false}
        />
        <TextInput
          {...field("display_name")}
          autoComplete="name"
          label={t("auth.display_name")}
          description={t("auth.display_name_hint")}
          size="md"
        />
        <TextInput
          {...field("organization_name")}
          autoComplete="organization"
          label={t("auth.organization_name")}
          description={t("auth.organization_name_hint")}
          size="md"
        />
        <Button type="submit" size="md" loading={isBusy} fullWidth>
          {t("auth.register")}
        </Button>
      </form>
    </AuthCard>
  );
}
