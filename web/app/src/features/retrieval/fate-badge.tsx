import type { RetrievalCandidate } from "@evenkeel/sdk";
import { useTranslation } from "react-i18next";
import { Badge, type BadgeTone } from "../../ui/badge.tsx";
import type { IconName } from "../../ui/icons.tsx";
import { fateText } from "./trace-texts.ts";

/** What became of a candidate. */
export function FateBadge({ candidate }: { candidate: RetrievalCandidate }) {
  const { t, i18n } = useTranslation();
  const { tone, icon } = lookOf(candidate.fate);
  return (
    <Badge tone={tone} icon={icon}>
      {fateText(candidate, t, i18n.language)}
    </Badge>
  );
}

function lookOf(fate: string): { tone: BadgeTone; icon: IconName } {
  if (fate === "used" || fate === "merged") return { tone: "good", icon: "check" };
  // Held back on purpose, not for being less fit.
  return fate === "private_source" ? { tone: "warning", icon: "lock" } : { tone: "neutral", icon: "close" };
}
