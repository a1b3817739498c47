import { Button } from "@mantine/core";
import { Link } from "react-router";
import { Empty } from "./empty.tsx";

interface MissingProps {
  title: string;
  text: string;
  /** Where to go instead. */
  to: string;
  children: string;
}

/** What the address names is not there (any more). */
export function Missing({ title, text, to, children }: MissingProps) {
  return (
    <Empty icon="question" title={title} text={text}>
      <Button component={Link} to={to} variant="default">
        {children}
      </Button>
    </Empty>
  );
}
