/** Marks that are drawn by a worker: each frame is sent whole, one at a time, and of those that come too fast the newest. */
import { expect, test } from 'vitest';
import type { Plate } from '../../src/ui/diagram/packetLabels.ts';
import { PUT_WIDTH, type ToEasel } from '../../src/ui/diagram/packetMessages.ts';
import { RemoteBrush } from '../../src/ui/diagram/packetRemote.ts';

type Frame = Extract<ToEasel, { type: 'frame' }>;

/** A brush, and the frames that it has sent. */
function aBrush() {
  const frames: Frame[] = [];
  const brush = new RemoteBrush(
    (message, transfer) => {
      if (message.type !== 'frame') throw new Error(`sent ${message.type}`);
      expect(transfer).toEqual([message.marks.buffer]);
      frames.push(message);
    },
    (text) => text.length,
  );
  /** A frame of as many marks, each of which is where it says, with the frame's name over it. */
  const paint = (name: string, marks: number): void => {
    brush.begin();
    for (let i = 0; i < marks; i++) brush.put(i, i + 0.5, 2 * i, 1 / (i + 1));
    brush.end([plate(name)]);
  };
  return { brush, frames, paint };
}

const plate = (text: string): Plate => ({ text, hue: 'put', left: 1, top: 2, width: 3 });
const marksOf = (frame: Frame | undefined): readonly number[] => [...(frame?.marks ?? [])];
const namesOf = (frames: readonly Frame[]) => frames.map(({ words }) => words[0]?.text);

test('a frame is sent with all its marks and words, however many', () => {
  const { frames, paint } = aBrush();
  paint('one', 3000);
  expect(namesOf(frames)).toEqual(['one']);
  const marks = marksOf(frames[0]);
  expect(marks.length).toBe(3000 * PUT_WIDTH);
  expect(marks.slice(0, PUT_WIDTH)).toEqual([0, 0.5, 0, 1]);
  expect(marks.slice(-PUT_WIDTH)).toEqual([2999, 2999.5, 5998, Math.fround(1 / 3000)]);
});

test('no frame is sent before the one ahead is drawn, and then the newest', () => {
  const { brush, frames, paint } = aBrush();
  for (const name of ['one', 'two', 'three']) paint(name, 2);
  expect(namesOf(frames)).toEqual(['one']);
  brush.drawn();
  expect(namesOf(frames)).toEqual(['one', 'three']);
  brush.drawn();
  paint('four', 1);
  expect(namesOf(frames)).toEqual(['one', 'three', 'four']);
  expect(frames.map(({ marks }) => marks.length / PUT_WIDTH)).toEqual([2, 2, 1]);
});

test('what was sent is not changed by what is put afterwards', () => {
  const { brush, frames, paint } = aBrush();
  paint('one', 1);
  const before = marksOf(frames[0]);
  brush.begin();
  brush.put(9, 9, 9, 9);
  expect(marksOf(frames[0])).toEqual(before);
});

test('a frame without marks is sent too: it wipes the one before', () => {
  const { brush, frames, paint } = aBrush();
  paint('one', 1);
  brush.drawn();
  paint('none', 0);
  expect(frames[1]?.marks.length).toBe(0);
});
