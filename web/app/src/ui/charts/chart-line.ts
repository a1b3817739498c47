/** One line of a chart, or one colour of its bars. */
export interface ChartLine {
  readonly key: string;
  readonly name: string;
  /** One for each time of the chart; undefined = nothing was measured. */
  readonly values: readonly (number | undefined)[];
  /** All of the time range in one, where that says something. */
  readonly total?: number | undefined;
  /** Beside the name: how it changed against the period before. */
  readonly note?: string | undefined;
  /** Of what a comparison is made with: the key of the line it is compared with. Drawn faintly. */
  readonly ghostOf?: string | undefined;
  /** Where what is behind a point is listed. */
  readonly addressAt?: ((index: number) => string) | undefined;
  /** Where what is behind all of it is listed. */
  readonly address?: string | undefined;
}

/** Times of a chart: the beginnings of its steps. */
export interface ChartTimes {
  /** Milliseconds since 1970, each a step after the one before. */
  readonly at: readonly number[];
  readonly stepMilliseconds: number;
}

/** A height that means something. */
export interface ChartThreshold {
  readonly value: number;
  readonly name: string;
  readonly tone: "warning" | "danger";
}

/** A time in which something was so. */
export interface ChartSpan {
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
  readonly tone: "warning" | "danger";
}

const colours = 8;

/** The colour of a line, by its place among the others; after the last the first comes again. */
export function lineColour(lines: readonly ChartLine[], line: ChartLine): string {
  const place = lines
    .filter((one) => one.ghostOf === undefined)
    .findIndex(({ key }) => key === (line.ghostOf ?? line.key));
  const colour = `var(--ek-chart-${(place % colours) + 1})`;
  return line.ghostOf === undefined ? colour : `color-mix(in srgb, ${colour} 55%, var(--ek-raised))`;
}
