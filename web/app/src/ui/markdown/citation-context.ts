import type { Citation } from "@evenkeel/sdk";
import { createContext } from "react";

/** What a citation chip needs: what it cites, and what a click does. */
export interface CitationContextValue {
  citations: readonly Citation[];
  open: (citation: Citation) => void;
}

export const CitationContext = createContext<CitationContextValue>({ citations: [], open: () => undefined });
