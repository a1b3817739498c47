import type { Audience } from "@evenkeel/sdk";
import { Button, SegmentedControl, Textarea } from "@mantine/core";
import { type FormEvent, type KeyboardEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./question.module.css";

const longestQuestion = 2000;

interface QuestionFormProps {
  question: string;
  audience: Audience;
  isBusy: boolean;
  onAsk: (question: string, audience: Audience) => void;
}

/** The question to try, and as whom. */
export function QuestionForm({ question, audience, isBusy, onAsk }: QuestionFormProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(question);
  const [isChecked, setIsChecked] = useState(false);
  const [as, setAs] = useState(audience);
  const isEmpty = text.trim() === "";
  const submit = () => {
    setIsChecked(true);
    if (!isEmpty) onAsk(text.trim(), as);
  };
  const submitByKey = (event: KeyboardEvent) => {
    // Enter inside an input method confirms a word.
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    submit();
  };
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        submit();
      }}
    >
      <Textarea
        label={t("retrieval.question")}
        description={t("retrieval.question_hint")}
        autosize
        minRows={1}
        maxRows={6}
        maxLength={longestQuestion}
        value={text}
        error={isChecked && isEmpty ? t("retrieval.question_missing") : undefined}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={submitByKey}
      />
      <div className={styles.formFoot}>
        <SegmentedControl
          aria-label={t("retrieval.as")}
          value={as}
          onChange={(value) => setAs(value === "visitor" ? "visitor" : "member")}
          data={[
            { value: "member", label: t("retrieval.as_member") },
            { value: "visitor", label: t("retrieval.as_visitor") },
          ]}
        />
        <Button type="submit" loading={isBusy}>
          {t("retrieval.try")}
        </Button>
      </div>
    </form>
  );
}
