import { Checkbox, Stack, TagsInput, Textarea, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import styles from "./catalogue.module.css";
import { type EventField, type EventFields, withAllDay } from "./event-fields.ts";
import { PlacePicker } from "./place-picker.tsx";
import { TimeZoneSelect } from "./time-zone-select.tsx";

interface EventFormProps {
  fields: EventFields;
  errors: Partial<Record<EventField, string>>;
  onChange: (fields: EventFields) => void;
}

/** The fields of an event: what, when, where, and what finds it. */
export function EventForm({ fields, errors, onChange }: EventFormProps) {
  const { t } = useTranslation();
  return (
    <Stack gap="md">
      <TextInput
        label={t("catalogue.event_title")}
        required
        value={fields.title}
        maxLength={300}
        error={errors.title}
        onChange={(event) => onChange({ ...fields, title: event.currentTarget.value })}
      />
      <TimeFields fields={fields} errors={errors} onChange={onChange} />
      <PlacePicker
        label={t("search.place")}
        value={fields.locationId}
        error={errors.locationId}
        onChange={(locationId) => onChange({ ...fields, locationId })}
      />
      <Checkbox
        label={t("catalogue.virtual")}
        checked={fields.isVirtual}
        onChange={(event) => onChange({ ...fields, isVirtual: event.currentTarget.checked })}
      />
      <TextInput
        label={t("catalogue.url")}
        type="url"
        inputMode="url"
        placeholder="https://"
        value={fields.url}
        maxLength={2000}
        error={errors.url}
        onChange={(event) => onChange({ ...fields, url: event.currentTarget.value })}
      />
      <TagsInput
        label={t("events.categories")}
        description={t("catalogue.tags_hint")}
        value={fields.categories}
        maxTags={20}
        error={errors.categories}
        onChange={(categories) => onChange({ ...fields, categories })}
      />
      <TagsInput
        label={t("catalogue.languages")}
        description={t("catalogue.languages_hint")}
        value={fields.languages}
        maxTags={20}
        error={errors.languages}
        onChange={(languages) => onChange({ ...fields, languages })}
      />
      <Textarea
        label={t("catalogue.description")}
        autosize
        minRows={4}
        maxRows={16}
        value={fields.description}
        maxLength={20_000}
        onChange={(event) => onChange({ ...fields, description: event.currentTarget.value })}
      />
    </Stack>
  );
}

function TimeFields({ fields, errors, onChange }: EventFormProps) {
  const { t } = useTranslation();
  const type = fields.isAllDay ? "date" : "datetime-local";
  return (
    <>
      <Checkbox
        label={t("catalogue.all_day")}
        checked={fields.isAllDay}
        onChange={(event) => onChange(withAllDay(fields, event.currentTarget.checked))}
      />
      <div className={styles.pair}>
        <TextInput
          type={type}
          label={t(fields.isAllDay ? "catalogue.first_day" : "catalogue.starts")}
          required
          value={fields.starts}
          error={errors.starts}
          onChange={(event) => onChange({ ...fields, starts: event.currentTarget.value })}
        />
        <TextInput
          type={type}
          label={t(fields.isAllDay ? "catalogue.last_day" : "catalogue.ends")}
          value={fields.ends}
          error={errors.ends}
          onChange={(event) => onChange({ ...fields, ends: event.currentTarget.value })}
        />
        <TimeZoneSelect
          label={t("catalogue.time_zone")}
          placeholder={t("catalogue.time_zone_of_place")}
          value={fields.timeZone}
          error={errors.timeZone}
          onChange={(timeZone) => onChange({ ...fields, timeZone })}
        />
      </div>
    </>
  );
}
