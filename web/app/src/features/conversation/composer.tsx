import { ActionIcon, Textarea, Tooltip } from "@mantine/core";
import type { KeyboardEvent, Ref } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/icons.tsx";
import { useSecondsUntil } from "../../ui/use-seconds-until.ts";
import { AboutChip, type AboutResults } from "./about-chip.tsx";
import styles from "./composer.module.css";
import { type Pause, PauseNote } from "./pause-note.tsx";

/** The server's limit for one message. */
export const messageLimit = 32_000;
const nearLimit = 28_000;

interface ComposerProps {
  text: string;
  onChange: (text: string) => void;
  onSend: (text: string) => void;
  /** Given while an answer runs. */
  onStop?: (() => void) | undefined;
  isStopping?: boolean;
  /** A message is on its way and the next one has to wait. */
  isBusy?: boolean;
  /** Given while sending would be refused; what is typed stays. */
  pause?: Pause | undefined;
  /** Given where questions are about results of a search only. */
  about?: AboutResults | undefined;
  onRemoveAbout?: (() => void) | undefined;
  inputRef?: Ref<HTMLTextAreaElement>;
}

/** Where a message is written. Enter sends, Shift+Enter breaks the line, Enter inside an input method only confirms. */
export function Composer(props: ComposerProps) {
  const {
    text,
    onChange,
    onSend,
    onStop,
    isStopping = false,
    isBusy = false,
    pause,
    inputRef,
    about,
    onRemoveAbout,
  } = props;
  const { t } = useTranslation();
  const isPaused = useSecondsUntil(pause?.until ?? 0) > 0;
  const canSend = !isBusy && !isPaused && text.trim() !== "" && text.length <= messageLimit;
  const send = () => {
    if (canSend) onSend(text.trim());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || isComposing(event)) return;
    event.preventDefault();
    send();
  };
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {pause === undefined ? null : <PauseNote pause={pause} />}
      {about === undefined || onRemoveAbout === undefined ? null : <AboutChip about={about} onRemove={onRemoveAbout} />}
      <div className={styles.box} data-invalid={text.length > messageLimit || undefined}>
        <Textarea
          ref={inputRef}
          className={styles.field}
          classNames={{ input: styles.input ?? "" }}
          variant="unstyled"
          autosize
          minRows={1}
          maxRows={10}
          value={text}
          readOnly={isBusy}
          onChange={(event) => onChange(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          placeholder={t("composer.placeholder")}
          aria-label={t("composer.label")}
          aria-describedby={describedBy(pause !== undefined, about !== undefined)}
          enterKeyHint="send"
        />
        {onStop === undefined ? null : <StopButton onStop={onStop} isStopping={isStopping} />}
        {onStop !== undefined && text.trim() === "" ? null : (
          <Tooltip label={t("composer.send")} openDelay={400} events={{ hover: true, focus: false, touch: false }}>
            <ActionIcon type="submit" size={36} radius="md" aria-label={t("composer.send")} disabled={!canSend}>
              <Icon name="send" />
            </ActionIcon>
          </Tooltip>
        )}
      </div>
      <Note length={text.length} />
    </form>
  );
}

function describedBy(isPaused: boolean, isAbout: boolean): string {
  return [isPaused ? "composer-pause" : "", isAbout ? "composer-about" : "", "composer-note"].filter(Boolean).join(" ");
}

function StopButton({ onStop, isStopping }: { onStop: () => void; isStopping: boolean }) {
  const { t } = useTranslation();
  const label = isStopping ? t("composer.stopping") : t("composer.stop");
  return (
    <Tooltip label={label} openDelay={400} events={{ hover: true, focus: false, touch: false }}>
      <ActionIcon
        size={36}
        radius="md"
        variant="default"
        aria-label={label}
        aria-disabled={isStopping}
        onClick={isStopping ? undefined : onStop}
      >
        <Icon name="stop" />
      </ActionIcon>
    </Tooltip>
  );
}

function Note({ length }: { length: number }) {
  const { t, i18n } = useTranslation();
  const number = new Intl.NumberFormat(i18n.language);
  if (length > messageLimit) {
    return (
      <p id="composer-note" className={styles.note} data-danger role="alert">
        {t("composer.too_long", { count: length - messageLimit })}
      </p>
    );
  }
  return (
    <p id="composer-note" className={styles.note} data-hint={length < nearLimit || undefined}>
      {length < nearLimit
        ? t("composer.hint")
        : t("composer.count", { length: number.format(length), limit: number.format(messageLimit) })}
    </p>
  );
}

// Safari ends the composition before the key event that ended it: there only the old key code tells.
function isComposing(event: KeyboardEvent): boolean {
  return event.nativeEvent.isComposing || event.keyCode === 229;
}
