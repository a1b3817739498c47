import { Dialog } from "./dialog.tsx";
import type { Problem } from "./problem.ts";
import { ProblemNotice } from "./problem-notice.tsx";

interface ProblemModalProps {
  /** What was to be done. */
  title: string;
  problem: Problem;
  onClose: () => void;
}

/** Says that something chosen from a menu did not work, where the menu has gone and nothing else stands. */
export function ProblemModal({ title, problem, onClose }: ProblemModalProps) {
  return (
    <Dialog onClose={onClose} title={title}>
      <ProblemNotice problem={problem} />
    </Dialog>
  );
}
