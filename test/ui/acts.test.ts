/** How the menu of a card is asked for. */
import type { PointerEvent } from 'react';
import { expect, test, vi } from 'vitest';
import { menuHandlers } from '../../src/ui/diagram/acts.ts';

test.each([
  ['opens where a finger rests', true],
  ['does not open once the card is gone on which a finger rests', false],
])('a menu %s', (_, isConnected) => {
  vi.useFakeTimers();
  const open = vi.fn();
  const touch = { pointerType: 'touch', currentTarget: { isConnected }, clientX: 3, clientY: 4 };
  menuHandlers(open).onPointerDown(touch as unknown as PointerEvent);
  vi.advanceTimersByTime(1000);
  expect(open).toHaveBeenCalledTimes(isConnected ? 1 : 0);
  vi.useRealTimers();
});
