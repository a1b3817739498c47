/** Credits as people read them: up to three decimals, in the way of the language. */
export function formatCredits(amount: number, language: string): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 3 }).format(amount);
}

/** A change of the balance: with its sign. */
export function formatChange(amount: number, language: string): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 3, signDisplay: "exceptZero" }).format(amount);
}
