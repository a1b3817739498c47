import { InvalidRequestError } from "@evenkeel/sdk";
import { NativeSelect, Radio, Stack, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { longestName, mostPages, type SourceField, type SourceFields, type WebFields } from "./source-fields.ts";

/** Texts of what is wrong, by field. */
export type SourceErrors = Partial<Record<SourceField, string>>;

interface SourceFormProps {
  fields: SourceFields;
  errors: SourceErrors;
  onChange: (fields: SourceFields) => void;
}

/** The fields of a source: its name, who it is for, and of a web source what is fetched. */
export function SourceForm({ fields, errors, onChange }: SourceFormProps) {
  const { t } = useTranslation();
  const { name, visibility, web } = fields;
  return (
    <Stack gap="md">
      {web === null ? null : (
        <WebForm web={web} errors={errors} onChange={(changed) => onChange({ ...fields, web: changed })} />
      )}
      <TextInput
        label={t("knowledge.name")}
        description={web === null ? undefined : t("knowledge.name_web_hint")}
        value={name}
        maxLength={longestName}
        error={errors.name}
        onChange={(event) => onChange({ ...fields, name: event.currentTarget.value })}
        {...(web === null ? { "data-autofocus": true } : {})}
      />
      <Radio.Group
        label={t("knowledge.visibility")}
        value={visibility}
        onChange={(value) => onChange({ ...fields, visibility: value === "private" ? "private" : "public" })}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="public" label={t("knowledge.public")} description={t("knowledge.public_text")} />
          <Radio value="private" label={t("knowledge.private")} description={t("knowledge.private_text")} />
        </Stack>
      </Radio.Group>
    </Stack>
  );
}

const modes = ["page", "sitemap", "crawl"] as const;
const intervals = ["", "6", "24", "168", "720"];

interface WebFormProps {
  web: WebFields;
  errors: SourceErrors;
  onChange: (web: WebFields) => void;
}

function WebForm({ web, errors, onChange }: WebFormProps) {
  const { t } = useTranslation();
  // A source made elsewhere may have an interval of its own, which stays as long as nobody chooses another.
  const hours = intervals.includes(web.refreshHours) ? intervals : [...intervals, web.refreshHours];
  return (
    <>
      <TextInput
        label={t("knowledge.url")}
        placeholder="https://"
        type="url"
        inputMode="url"
        value={web.url}
        maxLength={2000}
        error={errors.url}
        onChange={(event) => onChange({ ...web, url: event.currentTarget.value })}
        data-autofocus
      />
      <Radio.Group
        label={t("knowledge.mode")}
        value={web.mode}
        onChange={(value) => onChange({ ...web, mode: modes.find((mode) => mode === value) ?? "page" })}
      >
        <Stack gap="xs" mt="xs">
          {modes.map((mode) => (
            <Radio
              key={mode}
              value={mode}
              label={t(`knowledge.mode_${mode}`)}
              description={t(`knowledge.mode_${mode}_text`)}
            />
          ))}
        </Stack>
      </Radio.Group>
      {web.mode === "page" ? null : (
        <TextInput
          label={t("knowledge.max_pages")}
          description={t("knowledge.max_pages_hint", { most: mostPages })}
          inputMode="numeric"
          value={web.maxPages}
          error={errors.maxPages}
          onChange={(event) => onChange({ ...web, maxPages: event.currentTarget.value })}
        />
      )}
      <NativeSelect
        label={t("knowledge.refresh")}
        description={t("knowledge.refresh_hint")}
        value={web.refreshHours}
        onChange={(event) => onChange({ ...web, refreshHours: event.currentTarget.value })}
        data={hours.map((value) => ({ value, label: intervalText(value) }))}
      />
    </>
  );

  function intervalText(value: string): string {
    if (value === "") return t("knowledge.refresh_never");
    const count = Number(value);
    return count % 24 === 0
      ? t("knowledge.refresh_days", { count: count / 24 })
      : t("knowledge.refresh_hours", { count });
  }
}

const wireNames: Readonly<Record<string, SourceField>> = { name: "name", url: "url", max_pages: "maxPages" };

/** What the server says of single fields; empty where it says nothing of one that stands here. */
export function serverErrors(error: unknown): SourceErrors {
  if (!(error instanceof InvalidRequestError)) return {};
  return Object.fromEntries(
    error.fieldErrors.flatMap(({ field, message }) => {
      const name = wireNames[field.split(".").at(-1) ?? ""];
      return name === undefined ? [] : [[name, message]];
    }),
  );
}
