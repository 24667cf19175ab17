import { Popover, UnstyledButton } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./figure.module.css";

interface FigureProps {
  label: string;
  value: ReactNode;
  /** Beside it: the unit, the comparison, the count behind it. */
  beside?: ReactNode;
  /** Inputs, formula and date: what opens when the figure is clicked. */
  explain?: ReactNode;
  tone?: "late" | "fine" | undefined;
}

/** A number that can be opened to where it comes from. */
export function Figure({ label, value, beside, explain, tone }: FigureProps) {
  const shown = (
    <>
      <span className={classes.label}>{label}</span>
      <span className={classes.value} data-tone={tone}>
        {value}
      </span>
      {beside && <span className={classes.beside}>{beside}</span>}
    </>
  );
  if (!explain) return <div className={classes.figure}>{shown}</div>;
  return (
    <Popover width={300} position="bottom-start">
      <Popover.Target>
        <UnstyledButton className={classes.figure} data-opens>
          {shown}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={classes.explain}>{explain}</Popover.Dropdown>
    </Popover>
  );
}

/** Figures in a row, told apart by space and a hairline. */
export function Figures({ children }: { children: ReactNode }) {
  return <div className={classes.row}>{children}</div>;
}
