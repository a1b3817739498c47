import { Modal } from "@mantine/core";
import { useTranslation } from "react-i18next";
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
  const { t } = useTranslation();
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ "aria-label": t("shell.close") }} centered>
      <ProblemNotice problem={problem} />
    </Modal>
  );
}
