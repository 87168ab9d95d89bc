/**
 * Whoever works by keys never loses the place. When what has the focus goes away with the press of a key (a panel is closed,
 * a row removed, a button has nothing left to do), the focus goes back to what had it before and is still there. It is
 * left alone where it was given up on purpose, and for pointers.
 */

/** So many are remembered, the newest last. */
const REMEMBERED = 32;
/** Parts that load late may take as long to take another's place, milliseconds. */
const PATIENCE_MS = 1_000;

/** Listens until the returned function is called. */
export function keepFocus(): () => void {
  const before: HTMLElement[] = [];
  let held: Element | undefined;
  let until = 0;

  const onFocus = ({ target }: FocusEvent): void => {
    if (!(target instanceof HTMLElement)) return;
    const again = before.indexOf(target);
    if (again >= 0) before.splice(again, 1);
    before.push(target);
    if (before.length > REMEMBERED) before.shift();
  };
  const bringBack = (): void => {
    for (let last = before.at(-1); last !== undefined; last = before.at(-1)) {
      if (isThere(last)) last.focus();
      if (focused() !== undefined) return;
      before.pop();
    }
  };
  const watch = (now: number): void => {
    if (held === undefined) return;
    if (!isThere(held)) {
      held = undefined;
      if (focused() === undefined) bringBack();
    } else if (now < until) requestAnimationFrame(watch);
    else held = undefined;
  };
  const onPress = (): void => {
    const waiting = held !== undefined;
    held = focused();
    until = performance.now() + PATIENCE_MS;
    if (!waiting) requestAnimationFrame(watch);
  };

  addEventListener('focusin', onFocus);
  addEventListener('keydown', onPress, true);
  return () => {
    removeEventListener('focusin', onFocus);
    removeEventListener('keydown', onPress, true);
  };
}

/** What has the focus; a browser leaves it for a moment with what cannot have it any more. */
function focused(): Element | undefined {
  const { activeElement } = document;
  return activeElement === null || activeElement === document.body || !isThere(activeElement)
    ? undefined
    : activeElement;
}

function isThere(element: Element): boolean {
  return element.isConnected && !element.matches(':disabled') && element.checkVisibility();
}
