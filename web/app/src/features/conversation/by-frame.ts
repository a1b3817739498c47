type Subscribe = (listener: () => void) => () => void;

/** Tells a listener at most once per frame. Hidden pages get no frames; there it is told at once. */
export function byFrame(subscribe: Subscribe): Subscribe {
  return (listener) => {
    let handle: number | undefined;
    const stop = subscribe(() => {
      if (document.hidden) {
        listener();
        return;
      }
      handle ??= requestAnimationFrame(() => {
        handle = undefined;
        listener();
      });
    });
    return () => {
      if (handle !== undefined) cancelAnimationFrame(handle);
      stop();
    };
  };
}
