import type { UnderstoodQuestion } from "@evenkeel/sdk";
import { UnderstoodChips } from "../../ui/events/understood-chips.tsx";
import { conditionsWithout, correctedConditions } from "./correct-conditions.ts";
import type { Conditions } from "./search-conditions.ts";

interface UnderstoodProps {
  understood: UnderstoodQuestion;
  conditions: Conditions;
  onChange: (changed: Partial<Conditions>) => void;
}

/** What was understood of the words; a click corrects it or leaves it out. */
export function Understood({ understood, conditions, onChange }: UnderstoodProps) {
  return (
    <UnderstoodChips
      understood={understood}
      onCorrect={(correction) => onChange(correctedConditions(conditions, correction))}
      removal={(part) => () => onChange(conditionsWithout(conditions, understood, part))}
    />
  );
}
