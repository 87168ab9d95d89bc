/** The length that is written into a film, on films small enough to be written down byte by byte. */
import { describe, expect, test } from 'vitest';
import { withLength } from '../../src/ui/export/video/webm.ts';

/** Bytes of an element: an id in hexadecimal, and what is in it. */
function element(id: string, ...inside: readonly Uint8Array[]): Uint8Array {
  const size = inside.reduce((sum, { length }) => sum + length, 0);
  return join(hex(id), Uint8Array.of(0x80 + size), ...inside);
}

/** The same without a size, as a recorder that knows no end writes it. */
function live(id: string, ...inside: readonly Uint8Array[]): Uint8Array {
  return join(hex(id), hex('01ffffffffffffff'), ...inside);
}

function hex(digits: string): Uint8Array {
  return Uint8Array.from(Buffer.from(digits, 'hex'));
}

function join(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

const HEAD = element('1a45dfa3', element('4282', new TextEncoder().encode('webm')));
const SCALE = element('2ad7b1', hex('0f4240'));
const TRACKS = element('1654ae6b', element('ae', element('d7', hex('01'))));
/** A frame of the first track, so many ticks after its cluster. */
const frame = (ticks: number): Uint8Array =>
  element('a3', hex('81'), Uint8Array.of(ticks >> 8, ticks), hex('80aa'));
const cluster = (ticks: number, ...frames: Uint8Array[]): Uint8Array[] => [
  element('e7', Uint8Array.of(ticks >> 8, ticks)),
  ...frames,
];
/** To 1,533 ticks, in two clusters, of which the last has no size. */
const FIRST = element('1f43b675', ...cluster(0, frame(0), frame(500)));
const FRAMES = [FIRST, live('1f43b675', ...cluster(1000, frame(500), frame(533)))];
/** Info with a duration of 1566 ticks behind its scale. */
const LENGTHENED = join(
  hex('1549a966'),
  hex('10000012'),
  SCALE,
  hex('4489'),
  hex('88'),
  hex('4098780000000000'),
);

async function lengthened(film: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await (await withLength(new Blob([new Uint8Array(film)]))).arrayBuffer());
}

describe('the length of a recorded film', () => {
  test.each([
    ['is written behind what is said of it already', element('1549a966', SCALE)],
    ['takes the place of a wrong one', element('1549a966', element('4489', hex('00000000')), SCALE)],
  ])('%s: its last frame plays as long as the one before', async (_, info) => {
    const film = join(HEAD, live('18538067', info, TRACKS, ...FRAMES));
    expect(await lengthened(film)).toEqual(
      join(HEAD, hex('18538067'), hex('01ffffffffffffff'), LENGTHENED, TRACKS, ...FRAMES),
    );
  });

  test('counts frames in groups, and leaves out what was cut off', async () => {
    const grouped = (ticks: number): Uint8Array =>
      element('a0', element('a1', hex('81'), Uint8Array.of(ticks >> 8, ticks), hex('00aa')));
    const frames = live('1f43b675', ...cluster(1000, grouped(500), grouped(533), frame(900).slice(0, 4)));
    const film = join(HEAD, live('18538067', element('1549a966', SCALE), frames));
    expect(await lengthened(film)).toEqual(
      join(HEAD, hex('18538067'), hex('01ffffffffffffff'), LENGTHENED, frames),
    );
  });

  test.each([
    ['nothing at all', new Uint8Array()],
    ['no film', new TextEncoder().encode('a text of somebody')],
    [
      'one frame',
      join(HEAD, live('18538067', element('1549a966', SCALE), element('1f43b675', ...cluster(0, frame(0))))),
    ],
    ['a film that knows its size', join(HEAD, element('18538067', element('1549a966', SCALE), FIRST))],
  ])('leaves %s as it is', async (_, film) => {
    expect(await lengthened(film)).toEqual(film);
  });
});
