import { CopyButton } from "./copy-button.tsx";
import styles from "./records.module.css";

/** An id with a button that copies it. */
export function CopiedId({ id, label }: { id: string; label: string }) {
  return (
    <span className={styles.id}>
      <code>{id}</code>
      <CopyButton text={id} label={label} />
    </span>
  );
}
