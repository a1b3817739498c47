import styles from "./logo.module.css";

/** The mark: a boat on a level line, held upright by its keel. Decorative; the name stands beside it or in a label. */
export function LogoMark({ size = 28 }: { size?: number }) {
  return (
    <svg className={styles.mark} width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect className={styles.plate} width="32" height="32" rx="8" />
      <path
        className={styles.boat}
        d="M15.2 5.6v8.6H9.4zM17 8.2v6h4.1zM5.6 16h20.8c-1.4 4.6-4.9 7.2-10.4 7.2S7 20.6 5.6 16zM14.4 24.5h3.2l-.7 3.3h-1.8z"
      />
    </svg>
  );
}

/** Mark and name. */
export function Wordmark({ size = 28 }: { size?: number }) {
  return (
    <span className={styles.wordmark}>
      <LogoMark size={size} />
      <span>Evenkeel</span>
    </span>
  );
}
