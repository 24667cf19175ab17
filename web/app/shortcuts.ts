import { useEffect } from "react";

export interface Shortcut {
  /** One key as `KeyboardEvent.key` names it, or `mod+k`. */
  keys: string;
  label: string;
  group: string;
  run(): void;
  /** Listed in the help but handled elsewhere. */
  shownOnly?: boolean;
}

const registered = new Set<readonly Shortcut[]>();

/** Keys of this page, while it is shown: the same list answers them and explains them in the help dialog. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  useEffect(() => {
    registered.add(shortcuts);
    return () => {
      registered.delete(shortcuts);
    };
  });
}

export function listShortcuts(): Shortcut[] {
  return [...registered].flat();
}

/** Answers keys for the whole page; keys typed into a field or under an open dialog are left alone. */
export function useShortcutKeys(): void {
  useEffect(() => {
    const answer = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
      if (isTyping(event.target) || somethingIsOpen()) return;
      const shortcut = listShortcuts()
        .toReversed()
        .find((each) => each.keys === event.key && !each.shownOnly);
      if (!shortcut) return;
      event.preventDefault();
      shortcut.run();
    };
    window.addEventListener("keydown", answer);
    return () => window.removeEventListener("keydown", answer);
  }, []);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

/** A dialog or a list that dropped down owns the keyboard. Some are kept hidden in the page, those do not count. */
function somethingIsOpen(): boolean {
  const overlays = document.querySelectorAll('[aria-modal="true"], [role="menu"], [role="listbox"]');
  return [...overlays].some((overlay) => overlay.checkVisibility());
}
