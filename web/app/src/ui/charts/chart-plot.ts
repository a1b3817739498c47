import type { ChartLine } from "./chart-line.ts";
import type { ValueScale } from "./value-scale.ts";

/** Where the plot lies in the drawing, in pixels. */
export interface PlotFrame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Room for the axes. */
const room = { left: 60, right: 10, top: 10, bottom: 26 };

/** The plot of a drawing of this size. */
export function plotFrame(width: number, height: number): PlotFrame {
  return {
    left: room.left,
    top: room.top,
    width: Math.max(1, width - room.left - room.right),
    height: Math.max(1, height - room.top - room.bottom),
  };
}

/** Room for the axes, as the drawing needs it. */
export const plotRoom = room;

/** The step under a pointer. */
export function stepAt(frame: PlotFrame, steps: number, x: number): number {
  const place = Math.floor(((x - frame.left) / frame.width) * steps);
  return Math.min(steps - 1, Math.max(0, place));
}

/** The middle of a step, in pixels from the left. */
export function middleOf(frame: PlotFrame, steps: number, index: number): number {
  return frame.left + ((index + 0.5) / steps) * frame.width;
}

/** Where values of a step stand: their upper ends, of bars on top of each other. */
export function heightsAt(
  lines: readonly ChartLine[],
  index: number,
  isStacked: boolean,
): readonly (number | undefined)[] {
  let below = 0;
  return lines.map(({ values, ghostOf }) => {
    const value = values[index];
    if (value === undefined || !isStacked || ghostOf !== undefined) return value;
    below += value;
    return below;
  });
}

/** Pixels from the top for a value. */
export function pixelOf(frame: PlotFrame, scale: ValueScale, value: number): number {
  return frame.top + frame.height * (1 - Math.min(1, value / scale.top));
}

/** Which line of a step a pointer means: of bars the one it is on, of lines the nearest. */
export function lineAt(heights: readonly (number | undefined)[], value: number, isStacked: boolean): number {
  let best = -1;
  let least = Number.POSITIVE_INFINITY;
  heights.forEach((height, place) => {
    if (height === undefined) return;
    const distance = isStacked ? (height >= value ? height - value : Number.MAX_VALUE) : Math.abs(height - value);
    if (distance < least) {
      least = distance;
      best = place;
    }
  });
  return best;
}
