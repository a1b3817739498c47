// Names are compared as PlaceName.Fold of the server compares them.
const letters = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i', ħ: 'h' }

export const fold = name =>
  name.normalize('NFKD').toLowerCase().replace(/\p{M}/gu, '').replace(/[ßæœøłđðþıħ]/g, letter => letters[letter])
    .replace(/['’‘ʻʼ.]/g, '').replace(/[^\p{L}\p{N}]+/gu, ' ').trim()

/** Names without those that are folded alike, and without the first one's likes. */
export const others = (name, names) => {
  const known = new Set([fold(name)])
  return names.filter(other => other && !known.has(fold(other)) && known.add(fold(other)))
}
