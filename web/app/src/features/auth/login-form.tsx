import { Anchor, Button, PasswordInput, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useClient } from "../../session/client-context.ts";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import styles from "./auth-card.module.css";
import { AuthCard } from "./auth-card.tsx";
import { checkEmail, onlyErrors } from "./field-rules.ts";
import { useFields } from "./use-fields.ts";

interface LoginFormProps {
  /** Said when the session ended by itself, so that nobody wonders what happened. */
  isExpired: boolean;
  /** What follows `?` in the address: both pages lead back to the same place. */
  search: string;
}

export function LoginForm({ isExpired, search }: LoginFormProps) {
  const { t } = useTranslation();
  const client = useClient();
  const { form, field, problem, isBusy } = useFields({
    initial: { email: "", password: "" },
    check: ({ email, password }) =>
      onlyErrors({
        email: checkEmail(email),
        password: password === "" ? t("auth.password_missing") : undefined,
      }),
    submit: async ({ email, password }) => {
      await client.accounts.login({ email: email.trim(), password });
    },
  });
  const footer = (
    <>
      {t("auth.no_account")}{" "}
      <Anchor component={Link} underline="always" to={`/register${search}`}>
        {t("auth.register")}
      </Anchor>
    </>
  );
  return (
    <AuthCard title={t("auth.sign_in")} lead={isExpired ? t("auth.expired") : t("auth.sign_in_lead")} footer={footer}>
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
          autoComplete="current-password"
          label={t("auth.password")}
          visibilityToggleButtonProps={{ "aria-label": t("auth.password_show") }}
          size="md"
          required
          withAsterisk={false}
        />
        <Button type="submit" size="md" loading={isBusy} fullWidth>
          {t("auth.sign_in")}
        </Button>
      </form>
    </AuthCard>
  );
}
