/** The point of a chart that is looked at. */
export interface ChartPoint {
  /** Which step of time. */
  readonly index: number;
  /** Which line. */
  readonly place: number;
}

/** The point that a key leads to: left and right through time, up and down through the lines. */
export function pointAfterKey(key: string, from: ChartPoint, steps: number, lines: number): ChartPoint | undefined {
  const within = (value: number, count: number) => Math.min(Math.max(0, count - 1), Math.max(0, value));
  const at = (index: number) => ({ ...from, index: within(index, steps) });
  const on = (place: number) => ({ ...from, place: within(place, lines) });
  switch (key) {
    case "ArrowLeft":
      return at(from.index - 1);
    case "ArrowRight":
      return at(from.index + 1);
    case "ArrowUp":
      return on(from.place - 1);
    case "ArrowDown":
      return on(from.place + 1);
    case "PageUp":
      return at(from.index - 10);
    case "PageDown":
      return at(from.index + 10);
    case "Home":
      return at(0);
    case "End":
      return at(steps - 1);
    default:
      return undefined;
  }
}
