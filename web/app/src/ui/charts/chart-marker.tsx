import styles from "./chart.module.css";
import { lineColour } from "./chart-line.ts";
import { heightsAt, middleOf, type PlotFrame, pixelOf } from "./chart-plot.ts";
import type { ChartPoint } from "./chart-point.ts";
import type { TimeChartProps } from "./time-chart.tsx";
import type { ValueScale } from "./value-scale.ts";

interface MarkerProps {
  chart: TimeChartProps;
  point: ChartPoint;
  frame: PlotFrame;
  scale: ValueScale;
}

/** Shows which point is looked at. */
export function Marker({ chart: { lines, times, form }, point: { index, place }, frame, scale }: MarkerProps) {
  const steps = times.at.length;
  const value = heightsAt(lines, index, form === "bar")[place];
  const line = lines[place];
  const left = middleOf(frame, steps, index);
  return (
    <>
      <div
        className={styles.cursor}
        style={{
          left: left - frame.width / steps / 2,
          width: frame.width / steps,
          top: frame.top,
          height: frame.height,
        }}
      />
      {value === undefined || line === undefined ? null : (
        <div
          className={styles.dot}
          style={{ left, top: pixelOf(frame, scale, value), background: lineColour(lines, line) }}
        />
      )}
    </>
  );
}
