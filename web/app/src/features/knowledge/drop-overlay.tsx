import { Icon } from "../../ui/icons.tsx";
import styles from "./upload.module.css";

/** Covers the page while files are held over it. Only for who drags; the file button says the same to others. */
export function DropOverlay({ isOver, text }: { isOver: boolean; text: string }) {
  return isOver ? (
    <div className={styles.overlay} aria-hidden="true">
      <div>
        <Icon name="upload" size={32} />
        <p>{text}</p>
      </div>
    </div>
  ) : null;
}
