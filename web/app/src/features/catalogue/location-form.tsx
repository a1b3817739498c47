import { NativeSelect, Stack, TagsInput, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import styles from "./catalogue.module.css";
import { type LocationField, type LocationFields, locationKinds } from "./location-fields.ts";
import { PlacePicker } from "./place-picker.tsx";
import { TimeZoneSelect } from "./time-zone-select.tsx";

interface LocationFormProps {
  fields: LocationFields;
  /** Of a place there is. */
  id: string | undefined;
  errors: Partial<Record<LocationField, string>>;
  onChange: (fields: LocationFields) => void;
}

/** The fields of a place: its names, what it is, what contains it, and where it lies. */
export function LocationForm({ fields, id, errors, onChange }: LocationFormProps) {
  const { t } = useTranslation();
  return (
    <Stack gap="md">
      <TextInput
        label={t("catalogue.name")}
        required
        value={fields.name}
        maxLength={200}
        error={errors.name}
        onChange={(event) => onChange({ ...fields, name: event.currentTarget.value })}
      />
      <TagsInput
        label={t("catalogue.aliases")}
        description={t("catalogue.aliases_hint")}
        value={fields.aliases}
        maxTags={50}
        error={errors.aliases}
        onChange={(aliases) => onChange({ ...fields, aliases })}
      />
      <NativeSelect
        label={t("catalogue.kind")}
        value={fields.kind}
        onChange={({ currentTarget: { value } }) =>
          onChange({ ...fields, kind: locationKinds.find((kind) => kind === value) ?? "city" })
        }
        data={locationKinds.map((kind) => ({ value: kind, label: t(`catalogue.kind_${kind}`) }))}
      />
      <PlacePicker
        label={t("catalogue.parent")}
        description={t("catalogue.parent_hint")}
        value={fields.parentId}
        error={errors.parentId}
        except={id}
        onChange={(parentId) => onChange({ ...fields, parentId })}
      />
      <GeographyFields fields={fields} id={id} errors={errors} onChange={onChange} />
    </Stack>
  );
}

function GeographyFields({ fields, errors, onChange }: LocationFormProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.pair}>
      <TextInput
        label={t("catalogue.country_code")}
        placeholder="DE"
        value={fields.countryCode}
        maxLength={2}
        error={errors.countryCode}
        onChange={(event) => onChange({ ...fields, countryCode: event.currentTarget.value })}
      />
      <TimeZoneSelect
        label={t("catalogue.time_zone")}
        value={fields.timeZone}
        error={errors.timeZone}
        onChange={(timeZone) => onChange({ ...fields, timeZone })}
      />
      <TextInput
        label={t("catalogue.latitude")}
        inputMode="decimal"
        value={fields.latitude}
        error={errors.latitude}
        onChange={(event) => onChange({ ...fields, latitude: event.currentTarget.value })}
      />
      <TextInput
        label={t("catalogue.longitude")}
        inputMode="decimal"
        value={fields.longitude}
        error={errors.longitude}
        onChange={(event) => onChange({ ...fields, longitude: event.currentTarget.value })}
      />
    </div>
  );
}
