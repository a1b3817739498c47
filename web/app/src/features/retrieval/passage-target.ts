/** A passage by where it stands. */
export interface PassageTarget {
  documentId: string;
  sourceId?: string | undefined;
  passageId: string;
}

/** Gives the address of a passage. */
export type AddressOfPassage = (target: PassageTarget) => string;
