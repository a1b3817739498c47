import type { KnowledgeSource } from "@evenkeel/sdk";
import type { IconName } from "../../ui/icons.tsx";

/** Whether people put documents into a source; those of others are fetched or built in. */
export function takesFiles({ kind }: KnowledgeSource): boolean {
  return kind === "files" || kind === "text";
}

/** The sign of a source. */
export function sourceIcon({ kind }: KnowledgeSource): IconName {
  switch (kind) {
    case "web":
      return "language";
    case "guide":
      return "book";
    case "files":
    case "text":
      return "file";
  }
}
