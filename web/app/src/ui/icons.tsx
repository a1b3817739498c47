const shapes = {
  plus: "M12 5v14M5 12h14",
  send: "M12 19V5M6 11l6-6 6 6",
  stop: "M7 7h10v10H7z",
  copy: "M9 9h10v10H9zM5 15V5h10",
  check: "M5 12.5l4.5 4.5L19 7.5",
  retry: "M20 11A8.1 8.1 0 0 0 4.5 9M4 5v4h4M4 13a8.1 8.1 0 0 0 15.5 2M20 19v-4h-4",
  close: "M6 6l12 12M18 6L6 18",
  menu: "M4 7h16M4 12h16M4 17h16",
  more: "M6 12h.01M12 12h.01M18 12h.01",
  pencil: "M5 19h3.5L19 8.5 15.5 5 5 15.5zM13.5 7l3.5 3.5",
  trash: "M5 7h14M10 7V5h4v2M7 7l1 12h8l1-12M10.5 11v5M13.5 11v5",
  down: "M12 5v14M6 13l6 6 6-6",
  book: "M12 6.5C10 5 7.5 4.5 4 4.5v14c3.5 0 6 .5 8 2 2-1.5 4.5-2 8-2v-14c-3.5 0-6 .5-8 2zM12 6.5v14",
  language: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM3.5 12h17M12 3.5c5 5 5 12 0 17-5-5-5-12 0-17z",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 3v1.5M12 19.5V21M3 12h1.5M19.5 12H21M5.6 5.6l1.1 1.1M17.3 17.3l1.1 1.1M5.6 18.4l1.1-1.1M17.3 6.7l1.1-1.1",
  moon: "M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z",
  system: "M4 5h16v11H4zM9 20h6M12 16v4",
  signOut: "M14 5H5v14h9M10 12h10M16.5 8.5L20 12l-3.5 3.5",
  warning: "M12 4l9 16H3zM12 10v4.5M12 17.2h.01",
  clock: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 7.5V12l3 2",
  pulse: "M3 12h4l3-7 4 14 3-7h4",
  coins: "M9 5a5 5 0 1 0 0 10 5 5 0 0 0 0-10zM16.2 9.3a5 5 0 1 1-6.9 6.9",
  back: "M19 12H5M11 6l-6 6 6 6",
  shield: "M12 3.5l7 2.5v5.5c0 4.5-3 7.5-7 9-4-1.5-7-4.5-7-9V6zM12 8.5V12M12 15.2h.01",
  upload: "M12 16V5M7 9.5L12 4.5l5 5M4.5 16v3.5h15V16",
  download: "M12 4.5V15M7 10.5l5 5 5-5M4.5 16v3.5h15V16",
  file: "M6.5 3.5h7l4 4v13h-11zM13.5 3.5v4h4",
  text: "M5 6h14M5 10h14M5 14h14M5 18h8",
  lock: "M6.5 11h11v8.5h-11zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  search: "M10.5 4.5a6 6 0 1 0 0 12 6 6 0 0 0 0-12zM15 15l5 5",
  question: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM9.6 9.6a2.4 2.4 0 1 1 3.4 2.2c-.7.3-1 .8-1 1.6M12 16.4h.01",
  external: "M13 5h6v6M19 5l-8 8M10 6H5.5v12.5H18V14",
  calendar: "M4.5 6h15v13.5h-15zM4.5 10h15M8.5 3.5V6M15.5 3.5V6",
  pin: "M12 20.5c4-4.5 6-7.6 6-10.5a6 6 0 0 0-12 0c0 2.9 2 6 6 10.5zM12 7.8a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.4z",
  chart: "M4.5 4.5v15h15M8.5 16v-4M12.5 16V8M16.5 16v-6",
  bell: "M12 4.5a5 5 0 0 0-5 5c0 4.5-2 6-2 6h14s-2-1.5-2-6a5 5 0 0 0-5-5zM10 18.5a2.2 2.2 0 0 0 4 0",
  turns: "M5 6.5h14M5 12h9M5 17.5h6",
  timeline: "M7 4.5v15M7 7.5h.01M11 7.5h8M7 12h.01M11 12h6M7 16.5h.01M11 16.5h8",
  queue: "M4.5 7h15v3.5h-15zM4.5 13.5h15V17h-15z",
  key: "M8.5 12a3.5 3.5 0 1 0 0 .01M12 12h8.5M17.5 12v3.5",
  webhook:
    "M12 4.5a3 3 0 0 1 2.6 4.5L17 13.2M12 4.5A3 3 0 0 0 9.4 9l2.1 3.6-3 5.1M6 15.5a2.8 2.8 0 1 0 2.6 3.2H15M17 13.2a3 3 0 1 1-1.5 5.6",
  tag: "M4.5 4.5h7l8 8-7 7-8-8zM8.5 8.5h.01",
  thumbUp: "M8 11v8.5H4.5V11zM8 11l3.5-7c1.4 0 2.2 1 2 2.4L13 9.5h5c1.2 0 2 1 1.8 2.1l-1.1 6.2c-.2 1-1 1.7-2 1.7H8",
  thumbDown: "M8 13V4.5H4.5V13zM8 13l3.5 7c1.4 0 2.2-1 2-2.4l-.5-3.1h5c1.2 0 2-1 1.8-2.1l-1.1-6.2c-.2-1-1-1.7-2-1.7H8",
  chevron: "M8 10l4 4 4-4",
} as const;

export type IconName = keyof typeof shapes;

/** A line icon in the colour of its text. Always decorative: the control around it carries the name. */
export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill={name === "stop" ? "currentColor" : "none"}
      stroke="currentColor"
      strokeWidth={name === "more" ? 2.6 : 1.75}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={shapes[name]} />
    </svg>
  );
}
