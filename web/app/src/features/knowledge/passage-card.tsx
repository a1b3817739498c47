import type { Passage } from "@evenkeel/sdk";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { useLanguageName } from "../../ui/language-name.ts";
import { MarkdownText } from "../../ui/markdown/markdown-text.tsx";
import { usePlaceText } from "../../ui/use-place-text.ts";
import styles from "./passage.module.css";

interface PassageCardProps {
  passage: Passage;
  /** The address points to it. */
  isWanted: boolean;
}

/** A passage with where it stands; its number is a link to share. */
export function PassageCard({ passage, isWanted }: PassageCardProps) {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const placeText = usePlaceText();
  const languageName = useLanguageName();
  const card = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (!isWanted) return;
    card.current?.focus({ preventScroll: true });
    card.current?.scrollIntoView({ block: "center" });
  }, [isWanted]);
  const place = placeText(passage.place);
  const own = new URLSearchParams(search);
  own.set("passage", passage.id);
  const heading = passage.heading_path.join(" › ");
  return (
    <li ref={card} className={styles.passage} tabIndex={-1} aria-current={isWanted ? "true" : undefined}>
      <header>
        <Link
          to={`?${own}`}
          replace
          className={styles.passageNumber}
          aria-label={t("knowledge.passage_link", { number: passage.ordinal + 1 })}
        >
          {passage.ordinal + 1}
        </Link>
        {heading === "" ? null : <h3>{heading}</h3>}
        <ul>
          {place === null ? null : <li>{place}</li>}
          {passage.url === undefined ? null : (
            <li>
              <a href={passage.url} target="_blank" rel="noopener noreferrer">
                {t("place.original")}
              </a>
            </li>
          )}
          <li>{languageName(passage.language)}</li>
        </ul>
      </header>
      <div lang={passage.language === "und" ? undefined : passage.language}>
        <MarkdownText text={passage.text} />
      </div>
    </li>
  );
}
