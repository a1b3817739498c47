import { useElementSize } from "@mantine/hooks";
import { type KeyboardEvent, type PointerEvent, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import styles from "./chart.module.css";
import { ChartDrawing } from "./chart-drawing.tsx";
import { lineColour } from "./chart-line.ts";
import { heightsAt, lineAt, middleOf, pixelOf, plotFrame, stepAt } from "./chart-plot.ts";
import { formatValue, isWholeUnit } from "./format-value.ts";
import type { TimeChartProps } from "./time-chart.tsx";
import { stepText } from "./time-marks.ts";
import { valueScale } from "./value-scale.ts";

/** The point of a chart that is looked at. */
export interface ChartPoint {
  /** Which step of time. */
  readonly index: number;
  /** Which line. */
  readonly place: number;
}

interface ChartSurfaceProps {
  chart: TimeChartProps;
  point: ChartPoint | undefined;
  onPoint: (point: ChartPoint | undefined) => void;
}

const height = 220;

/** A chart one can walk on with the pointer or the arrow keys; a click or Enter opens what is behind the point. */
export function ChartSurface({ chart, point, onPoint }: ChartSurfaceProps) {
  const { t, i18n } = useTranslation();
  const { ref, width } = useElementSize();
  const navigate = useNavigate();
  const hasPointer = useRef(false);
  const { times, lines, unit, form, thresholds = none, spans = none } = chart;
  const steps = times.at.length;
  const isStacked = form === "bar";
  const scale = useMemo(() => valueScale(greatestOf(chart), isWholeUnit(unit)), [chart, unit]);
  const frame = plotFrame(width, height);
  const shown = point ?? { index: steps - 1, place: 0 };
  const open = ({ index, place }: ChartPoint) => {
    const address = lines[place]?.addressAt?.(index);
    if (address !== undefined) navigate(address);
  };
  const pointUnder = ({ nativeEvent, currentTarget }: PointerEvent<HTMLElement>): ChartPoint => {
    const box = currentTarget.getBoundingClientRect();
    const index = stepAt(frame, steps, nativeEvent.clientX - box.left);
    const value = (1 - (nativeEvent.clientY - box.top - frame.top) / frame.height) * scale.top;
    return { index, place: Math.max(0, lineAt(heightsAt(lines, index, isStacked), value, isStacked)) };
  };
  const press = (event: KeyboardEvent) => {
    const next = pointAfterKey(event.key, shown, steps, lines.length);
    if (event.key === "Enter" || event.key === " ") open(shown);
    else if (event.key === "Escape") onPoint(undefined);
    else if (next !== undefined) onPoint(next);
    else return;
    event.preventDefault();
  };
  return (
    <div
      ref={ref}
      className={styles.surface}
      style={{ height }}
      role="slider"
      tabIndex={0}
      aria-label={chart.title}
      aria-description={t("charts.keys")}
      aria-valuemin={1}
      aria-valuemax={steps}
      aria-valuenow={shown.index + 1}
      aria-valuetext={pointText(chart, shown, i18n.language, t("charts.nothing"))}
      data-opens={lines.some(({ addressAt }) => addressAt !== undefined) || undefined}
      onKeyDown={press}
      onFocus={() => {
        // Who clicks looks at a point already.
        if (!hasPointer.current && point === undefined) onPoint(shown);
      }}
      onBlur={() => onPoint(undefined)}
      onPointerDown={() => {
        hasPointer.current = true;
      }}
      onPointerUp={() => {
        hasPointer.current = false;
      }}
      onPointerMove={(event) => onPoint(pointUnder(event))}
      onPointerLeave={() => onPoint(undefined)}
      onClick={(event) => open(pointUnder(event as unknown as PointerEvent<HTMLElement>))}
    >
      {width === 0 ? null : (
        <div aria-hidden="true">
          <ChartDrawing
            {...{ width, height, times, lines, form, scale, unit, thresholds, spans }}
            language={i18n.language}
          />
          {point === undefined ? null : <Marker chart={chart} point={point} frame={frame} scale={scale} />}
        </div>
      )}
    </div>
  );
}

const none = [] as const;

interface MarkerProps {
  chart: TimeChartProps;
  point: ChartPoint;
  frame: ReturnType<typeof plotFrame>;
  scale: ReturnType<typeof valueScale>;
}

/** Shows which point is looked at. */
function Marker({ chart: { lines, times, form }, point: { index, place }, frame, scale }: MarkerProps) {
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

function pointText(
  { times, lines, unit }: TimeChartProps,
  { index, place }: ChartPoint,
  language: string,
  nothing: string,
): string {
  const line = lines[place];
  const value = line?.values[index];
  const said = value === undefined ? nothing : formatValue(value, unit, language);
  return `${stepText(times, index, language)}, ${line?.name ?? ""}: ${said}`;
}

function greatestOf({ lines, times, form, thresholds = none }: TimeChartProps): number {
  const all = times.at.flatMap((_, index) => heightsAt(lines, index, form === "bar").map((value) => value ?? 0));
  return Math.max(0, ...all, ...thresholds.map(({ value }) => value * 1.1));
}
