/** A scale from 0 to a round number, with the marks of its axis. */
export interface ValueScale {
  readonly top: number;
  readonly marks: readonly number[];
}

const mostMarks = 5;
const roundSteps = [1, 2, 2.5, 5, 10];

/** A scale that holds all values up to `greatest`. */
export function valueScale(greatest: number, isWhole: boolean): ValueScale {
  if (!(greatest > 0)) return { top: 1, marks: [0, 1] };
  const rough = greatest / (mostMarks - 1);
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = roundSteps.find((one) => one * power >= rough * 0.999_999) ?? 10;
  const step = isWhole ? Math.max(1, Math.ceil(factor * power)) : factor * power;
  const count = Math.ceil(greatest / step - 0.000_001);
  // Multiplying and not adding up, so that 0.1 three times is 0.3.
  const marks = Array.from({ length: count + 1 }, (_, place) => Number((place * step).toPrecision(12)));
  return { top: marks.at(-1) ?? 1, marks };
}
