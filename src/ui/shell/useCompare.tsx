/**
 * The screen of comparisons, fetched by those who compare; where it cannot be had, the comparison is closed again. Who
 * opens or closes it is at its button afterwards.
 */
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { COMPARE_OPENER } from '../compare/opener.ts';
import { say } from '../said.ts';
import { useComparison, useSession } from '../session.tsx';

type Draw = (small: boolean) => ReactNode;

/** Draws the screen while something is compared; undefined until it is here, and while nothing is. */
export function useCompare(): Draw | undefined {
  const { comparison } = useSession();
  const comparing = useComparison((state) => state.versus !== undefined);
  const [screen, setScreen] = useState<Draw>();
  useEffect(() => {
    if (!comparing || screen !== undefined) return;
    import('../compare/Compare.tsx').then(
      ({ Compare }) => setScreen(() => (small: boolean) => <Compare small={small} />),
      () => {
        comparison.close();
        say('The comparison could not be loaded: is there a network?');
      },
    );
  }, [comparing, screen, comparison]);
  const shown = comparing && screen !== undefined;
  const before = useRef(comparing);
  useEffect(() => {
    if (shown !== comparing) return;
    // A screen that goes takes the focus with it. A page that begins with a comparison leaves it where it is.
    if (before.current !== comparing && document.activeElement === document.body)
      document.getElementById(COMPARE_OPENER)?.focus();
    before.current = comparing;
  }, [shown, comparing]);
  return shown ? screen : undefined;
}
