import { useElementSize } from "@mantine/hooks";
import { type KeyboardEvent, type PointerEvent, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import styles from "./chart.module.css";
import { ChartDrawing } from "./chart-drawing.tsx";
import { Marker } from "./chart-marker.tsx";
import { heightsAt, lineAt, plotFrame, stepAt } from "./chart-plot.ts";
import { type ChartPoint, pointAfterKey } from "./chart-point.ts";
import { formatValue, isWholeUnit } from "./format-value.ts";
import type { TimeChartProps } from "./time-chart.tsx";
import { stepText } from "./time-marks.ts";
import { valueScale } from "./value-scale.ts";

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
