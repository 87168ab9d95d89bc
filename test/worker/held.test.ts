/** A line that waits until the page has been painted: nothing is lost on it, nothing overtakes, nothing comes too soon. */
import { expect, test } from 'vitest';
import type { Line, OpenLine } from '../../src/worker/client-line.ts';
import { heldUntil } from '../../src/worker/client-held.ts';

const cancel = (id: number) => ({ id, type: 'cancel', of: 0 }) as const;

/** A held line, what went through it, and how to let it go. */
function aHeldLine() {
  const sent: (number | 'closed')[] = [];
  const open: OpenLine = () => ({
    send: ({ id }) => void sent.push(id),
    close: () => void sent.push('closed'),
  });
  let ready: () => void = () => undefined;
  const line: Line = heldUntil(
    new Promise<void>((resolve) => {
      ready = resolve;
    }),
    open,
  )({ reply: () => undefined, died: () => undefined });
  return {
    line,
    sent,
    paint: async (): Promise<void> => {
      ready();
      await Promise.resolve();
    },
  };
}

test('what is asked before the page is painted is sent then, in order, and what is asked later at once', async () => {
  const { line, sent, paint } = aHeldLine();
  line.send(cancel(1));
  line.send(cancel(2));
  expect(sent).toEqual([]);
  await paint();
  expect(sent).toEqual([1, 2]);
  line.send(cancel(3));
  expect(sent).toEqual([1, 2, 3]);
});

test('a line that was closed sends nothing any more', async () => {
  const { line, sent, paint } = aHeldLine();
  line.send(cancel(1));
  line.close();
  await paint();
  expect(sent).toEqual(['closed']);
});
