import type { Passage } from "@evenkeel/sdk";

/** The passages with these words in their text or headings; all of them where nothing is sought. */
export function passagesWith(passages: readonly Passage[], sought: string): readonly Passage[] {
  const wanted = fold(sought.trim());
  if (wanted === "") return passages;
  return passages.filter((passage) => fold([...passage.heading_path, passage.text].join("\n")).includes(wanted));
}

/** Where these words stand in a text, as offsets. */
export function occurrences(text: string, sought: string): readonly { start: number; end: number }[] {
  const wanted = fold(sought.trim());
  if (wanted === "") return [];
  const folded = fold(text);
  // Folding may change the length of a text ("İ"): its offsets would be wrong then.
  if (folded.length !== text.length) return [];
  const found: { start: number; end: number }[] = [];
  for (let at = folded.indexOf(wanted); at >= 0; at = folded.indexOf(wanted, at + wanted.length))
    found.push({ start: at, end: at + wanted.length });
  return found;
}

function fold(text: string): string {
  return text.toLowerCase();
}
