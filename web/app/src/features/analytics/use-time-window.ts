import { useEffect, useState } from "react";
import { useSearchParams } from "react-router";
import { readTimeWindow, type TimeWindow } from "./time-window.ts";

const tickMilliseconds = 15_000;

/** The time that the address says; "the last hour" goes on with the clock. */
export function useTimeWindow(): TimeWindow {
  const [search] = useSearchParams();
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), tickMilliseconds);
    return () => clearInterval(timer);
  }, []);
  return readTimeWindow(search, now);
}
