import { memo } from "react";
import { Bar, CartesianGrid, ComposedChart, Line, ReferenceArea, ReferenceLine, XAxis, YAxis } from "recharts";
import { type ChartLine, type ChartSpan, type ChartThreshold, type ChartTimes, lineColour } from "./chart-line.ts";
import { plotRoom } from "./chart-plot.ts";
import { formatMark } from "./format-value.ts";
import { markText, timeMarks } from "./time-marks.ts";
import type { ValueScale } from "./value-scale.ts";

interface ChartDrawingProps {
  width: number;
  height: number;
  times: ChartTimes;
  lines: readonly ChartLine[];
  form: "line" | "bar";
  scale: ValueScale;
  unit: string;
  language: string;
  thresholds: readonly ChartThreshold[];
  spans: readonly ChartSpan[];
}

const pixelsOfTimeMark = 84;
const toneColours = { warning: "var(--ek-warning)", danger: "var(--ek-danger)" };
const text = { fontSize: 11.5, fill: "var(--ek-muted)" };

/** The picture of a chart; what can be done with it lies above. */
export const ChartDrawing = memo(function ChartDrawing(props: ChartDrawingProps) {
  const { width, height, times, lines, form, scale, unit, language } = props;
  const marks = timeMarks(times, Math.max(2, Math.floor(width / pixelsOfTimeMark)));
  const rows = times.at.map((_, index) => ({ index, values: lines.map(({ values }) => values[index]) }));
  return (
    <ComposedChart
      width={width}
      height={height}
      data={rows}
      margin={{ left: 0, right: plotRoom.right, top: plotRoom.top, bottom: 0 }}
      barCategoryGap={times.at.length > 60 ? 0 : "12%"}
      accessibilityLayer={false}
    >
      <CartesianGrid vertical={false} stroke="var(--ek-border)" />
      <XAxis
        dataKey="index"
        type="category"
        scale="band"
        height={plotRoom.bottom}
        ticks={[...marks]}
        interval={0}
        tickFormatter={(index: number) => markText(marks, times, index, language)}
        tick={text}
        tickLine={{ stroke: "var(--ek-border)" }}
        axisLine={{ stroke: "var(--ek-border)" }}
      />
      <YAxis
        width={plotRoom.left}
        domain={[0, scale.top]}
        ticks={[...scale.marks]}
        tickFormatter={(value: number) => formatMark(value, unit, language)}
        tick={text}
        tickLine={false}
        axisLine={false}
        allowDataOverflow
      />
      {spanAreas(times, props.spans)}
      {lines.map((line, place) =>
        form === "bar" && line.ghostOf === undefined ? bar(lines, line, place) : curve(lines, line, place),
      )}
      {props.thresholds.map(({ value, name, tone }) => (
        <ReferenceLine
          key={name}
          y={value}
          stroke={toneColours[tone]}
          strokeDasharray="6 4"
          label={{ value: name, position: "insideTopRight", fontSize: 11.5, fill: toneColours[tone] }}
        />
      ))}
    </ComposedChart>
  );
});

type Row = { index: number; values: (number | undefined)[] };

function bar(lines: readonly ChartLine[], line: ChartLine, place: number) {
  return (
    <Bar
      key={line.key}
      stackId="bars"
      dataKey={({ values }: Row) => values[place]}
      fill={lineColour(lines, line)}
      isAnimationActive={false}
    />
  );
}

function curve(lines: readonly ChartLine[], line: ChartLine, place: number) {
  const colour = lineColour(lines, line);
  return (
    <Line
      key={line.key}
      dataKey={({ values }: Row) => values[place]}
      stroke={colour}
      strokeWidth={line.ghostOf === undefined ? 2 : 1.5}
      {...(line.ghostOf === undefined ? {} : { strokeDasharray: "4 4" })}
      connectNulls
      dot={({ cx, cy, index }: { cx?: number; cy?: number; index?: number }) => (
        <MeasuredPoint key={index} line={line} index={index ?? 0} x={cx} y={cy} colour={colour} />
      )}
      activeDot={false}
      isAnimationActive={false}
    />
  );
}

/** Where values are missing a line leads over the gap: dots show what was measured. */
function MeasuredPoint({
  line,
  index,
  x,
  y,
  colour,
}: {
  line: ChartLine;
  index: number;
  x?: number | undefined;
  y?: number | undefined;
  colour: string;
}) {
  const { values } = line;
  const isBesideGap =
    values[index] !== undefined && (values[index - 1] === undefined || values[index + 1] === undefined);
  return isBesideGap && x !== undefined && y !== undefined ? <circle cx={x} cy={y} r={2.5} fill={colour} /> : <g />;
}

function spanAreas({ at, stepMilliseconds }: ChartTimes, spans: readonly ChartSpan[]) {
  const first = at[0] ?? 0;
  const place = (time: number) => Math.min(at.length - 1, Math.max(0, Math.floor((time - first) / stepMilliseconds)));
  return spans.map(({ from, to, tone }) => (
    <ReferenceArea
      key={`${tone} ${from} ${to}`}
      x1={place(from)}
      x2={place(Math.max(from, to - 1))}
      fill={toneColours[tone]}
      fillOpacity={0.14}
    />
  ));
}
