/** The keys of the playhead as a slider: arrows 100 ms, with Shift a second, pages five, and the ends of the run. */

const STEP_US = 100_000;
const LONG_STEP_US = 1_000_000;
const PAGE_US = 5_000_000;

/** Where a key takes the cursor; undefined for keys that are not the slider's. */
export function cursorAfterKey(
  event: { readonly key: string; readonly shiftKey: boolean },
  cursor: number,
  duration: number,
): number | undefined {
  const step = event.shiftKey ? LONG_STEP_US : STEP_US;
  switch (event.key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return Math.min(cursor + step, duration);
    case 'ArrowLeft':
    case 'ArrowDown':
      return Math.max(cursor - step, 0);
    case 'PageUp':
      return Math.min(cursor + PAGE_US, duration);
    case 'PageDown':
      return Math.max(cursor - PAGE_US, 0);
    case 'Home':
      return 0;
    case 'End':
      return duration;
    default:
      return undefined;
  }
}
