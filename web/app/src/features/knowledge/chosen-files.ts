import type { ChosenFile } from "./uploads.ts";

/** The parts of a drop that are looked at. */
export interface DroppedItems {
  readonly files: Iterable<File>;
  readonly items: Iterable<{
    readonly kind: string;
    getAsFile(): File | null;
    webkitGetAsEntry?(): { readonly isDirectory: boolean; readonly name: string } | null;
  }>;
}

/** What was dropped. A folder has no content that could be sent; it is named as refused instead of failing halfway. */
export function chosenFromDrop(dropped: DroppedItems): readonly ChosenFile[] {
  const items = [...dropped.items].filter((item) => item.kind === "file");
  if (items.length === 0) return chosenFromPicker([...dropped.files]);
  return items.flatMap((item): readonly ChosenFile[] => {
    const entry = item.webkitGetAsEntry?.() ?? null;
    if (entry?.isDirectory === true) return [{ name: entry.name, refusal: "folder" }];
    const file = item.getAsFile();
    return file === null ? [] : [{ file, name: file.name }];
  });
}

/** What was chosen with a file button. */
export function chosenFromPicker(files: readonly File[]): readonly ChosenFile[] {
  return files.map((file) => ({ file, name: file.name }));
}

/** A file that is to replace a document: it is sent under the document's name, so it has to be of the same type. */
export function chosenToReplace(fileName: string, file: File): ChosenFile {
  return extensionOf(file.name) === extensionOf(fileName)
    ? { file, name: fileName }
    : { name: file.name, refusal: "other_type" };
}

function extensionOf(name: string): string {
  const dot = name.lastIndexOf(".");
  return dot < 0 ? "" : name.slice(dot).toLowerCase();
}
