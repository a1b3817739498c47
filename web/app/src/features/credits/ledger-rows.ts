import type { CreditEntry, CreditEntryKind } from "@evenkeel/sdk";

/** A line of the ledger as people read it: one for each turn. */
export interface LedgerRow {
  entry: CreditEntry;
  kind: CreditEntryKind | "take";
  /** What it means for the balance in the end. */
  change: number;
}

/**
 * A turn that has ended is one line with what it cost: its hold is left out, because the end gave back all that was held beyond that.
 * Entries come newest first, so an end always stands before its hold.
 */
export function ledgerRows(entries: readonly CreditEntry[]): readonly LedgerRow[] {
  const ended = new Set(
    entries.flatMap((entry) =>
      (entry.kind === "settle" || entry.kind === "release") && entry.turn_id !== undefined ? [entry.turn_id] : [],
    ),
  );
  return entries
    .filter((entry) => entry.kind !== "hold" || entry.turn_id === undefined || !ended.has(entry.turn_id))
    .map((entry) => ({ entry, kind: kindOf(entry), change: changeOf(entry) }));
}

function kindOf(entry: CreditEntry): LedgerRow["kind"] {
  return entry.kind === "grant" && entry.amount < 0 ? "take" : entry.kind;
}

function changeOf(entry: CreditEntry): number {
  if (entry.kind === "settle") return -(entry.price ?? 0);
  return entry.kind === "release" ? 0 : entry.amount;
}
