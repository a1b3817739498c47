import type { components } from "../generated/schema.ts";

type Schemas = components["schemas"];

/**
 * A type of the server's OpenAPI document as it comes over the wire: the server leaves out what is null, and writes
 * times as text (the document gives them a format but no type).
 */
type Arriving<T> = unknown extends T
  ? string
  : T extends readonly (infer Item)[]
    ? readonly Arriving<Item>[]
    : T extends object
      ? { readonly [Name in keyof T]: Arriving<Exclude<T[Name], null>> }
      : T;

/** A type of the wire by its name in the document, with members the document describes too loosely said precisely. */
export type Wire<Name extends keyof Schemas, Precise = unknown> = unknown extends Precise
  ? Arriving<Schemas[Name]>
  : Omit<Arriving<Schemas[Name]>, keyof Precise> & Precise;
