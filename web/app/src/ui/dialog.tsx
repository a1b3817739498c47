import { Modal } from "@mantine/core";
import { type ReactNode, useLayoutEffect } from "react";
import { useTranslation } from "react-i18next";

interface DialogProps {
  title: string;
  onClose: () => void;
  size?: "md" | "lg";
  /** Only what stands in it closes it, no key and no click beside it. */
  isHeld?: boolean;
  children: ReactNode;
}

/** A dialog that is there as long as it is open, and gives the focus back to what opened it. */
export function Dialog({ title, onClose, size = "md", isHeld = false, children }: DialogProps) {
  const { t } = useTranslation();
  useLayoutEffect(() => {
    const opener = openerOf(document.activeElement);
    return () => {
      // What opened it may be gone with what was deleted: then reading goes on at the page's content.
      const target = opener?.isConnected === true ? opener : document.getElementById("content");
      target?.focus({ preventScroll: true });
    };
  }, []);
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size={size}
      closeButtonProps={{ "aria-label": t("shell.close") }}
      returnFocus={false}
      withCloseButton={!isHeld}
      closeOnEscape={!isHeld}
      closeOnClickOutside={!isHeld}
      centered
    >
      {children}
    </Modal>
  );
}

// An item of a menu goes with its menu; the button of the menu stays.
function openerOf(focused: Element | null): HTMLElement | null {
  const menu = focused?.closest('[role="menu"]');
  const opener = menu == null ? focused : document.querySelector(`[aria-controls="${menu.id}"]`);
  return opener instanceof HTMLElement ? opener : null;
}
