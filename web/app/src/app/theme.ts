import { createTheme, type MantineColorsTuple } from "@mantine/core";

/** The one accent: deep water. Shade 7 carries white text at 4.5:1 and more. */
const water: MantineColorsTuple = [
  "#eaf6f8",
  "#d5ebef",
  "#a8d7df",
  "#78c2ce",
  "#52b0c0",
  "#2b98aa",
  "#12808f",
  "#0b6b7c",
  "#095867",
  "#064551",
];

const gray: MantineColorsTuple = [
  "#f7f8f8",
  "#eff2f2",
  "#e3e7e8",
  "#d3d9db",
  "#b3bdc0",
  "#8c999d",
  "#67757a",
  "#4c595e",
  "#333e42",
  "#1d2528",
];

const dark: MantineColorsTuple = [
  "#dfe6e8",
  "#b9c5c9",
  "#94a3a9",
  "#718087",
  "#37444a",
  "#2a3439",
  "#1f272b",
  "#14191c",
  "#0f1416",
  "#0a0e10",
];

// Chinese faces stand after the Latin ones, so that Latin text keeps its own letterforms and Chinese text gets a
// proper face of the system instead of a random fallback. Nothing is loaded from the network.
const sans =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif';

export const theme = createTheme({
  primaryColor: "water",
  primaryShade: { light: 7, dark: 6 },
  colors: { water, gray, dark },
  fontFamily: sans,
  fontFamilyMonospace:
    'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", "Noto Sans Mono CJK SC", monospace',
  headings: { fontFamily: sans, fontWeight: "650" },
  defaultRadius: "md",
  cursorType: "pointer",
  respectReducedMotion: true,
  focusRing: "auto",
});
