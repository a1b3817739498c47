import type { ConversationItem, Message } from "@evenkeel/sdk";
import type { TFunction } from "i18next";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { describeStoredProblem, problemTexts } from "../../ui/problem.ts";
import { isBlocked } from "./blocked-answer.tsx";
import { progressText } from "./running-answer.tsx";

/**
 * Speaks for those who do not see: the stage of a running answer, then the answer once, whole. The streaming text
 * itself is not live, or a screen reader would stammer through every token.
 */
export function Announcer({ items, isLoaded }: { items: readonly ConversationItem[]; isLoaded: boolean }) {
  const { t, i18n } = useTranslation();
  const [said, setSaid] = useState("");
  const lastAnswer = useRef<string>(undefined);
  const last = items.at(-1);
  const stage = last?.kind === "turn" && last.turn.text === "" ? progressText(last.turn, t) : undefined;
  const answer = last?.kind === "message" && last.message.role === "assistant" ? last.message : undefined;

  useEffect(() => {
    if (stage !== undefined) setSaid(stage);
  }, [stage]);

  useEffect(() => {
    if (!isLoaded || answer === undefined || answer.id === lastAnswer.current) return;
    const isFirst = lastAnswer.current === undefined && said === "";
    lastAnswer.current = answer.id;
    // What stood there before the page was opened is read when one goes there.
    if (!isFirst) setSaid(wordsFor(answer, t, i18n.language));
  }, [isLoaded, answer, said, t, i18n.language]);

  return (
    <div className="visually-hidden" aria-live="polite">
      {said}
    </div>
  );
}

function wordsFor(answer: Message, t: TFunction, language: string): string {
  if (answer.status !== "failed") return `${t("answer.complete")} ${plain(answer.text)}`;
  const { text, action } = problemTexts(describeStoredProblem(answer.meta?.error), t, language);
  return isBlocked(answer) ? text : [`${t("failure.title")}.`, text, action ?? ""].join(" ");
}

// Marks of Markdown and citation numbers say nothing when spoken.
function plain(text: string): string {
  return text.replaceAll(/[*_`#>|]|\[\d+\]/g, "").replaceAll(/\s+/g, " ");
}
