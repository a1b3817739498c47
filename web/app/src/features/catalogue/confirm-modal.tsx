import { useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { refreshCatalogue } from "./catalogue-queries.ts";

interface ConfirmModalProps {
  title: string;
  /** What the button says: what is done. */
  action: string;
  carryOut: () => Promise<unknown>;
  onClose: () => void;
  onDone: () => void;
  /** What will be lost. */
  children: ReactNode;
}

/** Asks before something of the catalogue is lost. */
export function ConfirmModal({ onDone, ...rest }: ConfirmModalProps) {
  const queries = useQueryClient();
  const refresh = async () => {
    onDone();
    await refreshCatalogue(queries);
  };
  return <ConfirmDialog {...rest} onDone={refresh} />;
}
