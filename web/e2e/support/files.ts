import type { Page } from "@playwright/test";

/** A file as a person would have it. */
export interface TestFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

export function markdown(name: string, text: string): TestFile {
  return { name, mimeType: "text/markdown", buffer: Buffer.from(text) };
}

/** Says that it is a PDF, and is not. */
export function brokenPdf(name: string): TestFile {
  return { name, mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7\nthis is where it was cut off") };
}

/** Drags files over the page; `drop` lets them go. */
export async function drag(page: Page, files: readonly TestFile[]): Promise<{ drop: () => Promise<void> }> {
  const carried = files.map(({ name, mimeType, buffer }) => ({ name, mimeType, text: buffer.toString() }));
  const dataTransfer = await page.evaluateHandle((list) => {
    const transfer = new DataTransfer();
    for (const { name, mimeType, text } of list) transfer.items.add(new File([text], name, { type: mimeType }));
    return transfer;
  }, carried);
  await page.dispatchEvent("body", "dragenter", { dataTransfer });
  await page.dispatchEvent("body", "dragover", { dataTransfer });
  return { drop: () => page.dispatchEvent("body", "drop", { dataTransfer }) };
}
