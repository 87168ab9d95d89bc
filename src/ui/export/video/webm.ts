/**
 * Writes its length into a film. A recorder hands a WebM over piece by piece, before it knows how long it will be, and
 * never goes back, so that players neither say how long it is nor seek in it. Frames are not touched.
 *
 * WebM is a Matroska file: elements of an id, a size and a content, one within another (EBML, RFC 8794, section 4 to 6).
 * Which element is what, and in what unit, is in RFC 9559, section 5.1.
 */

const SEGMENT = 0x18538067;
const INFO = 0x1549a966;
/** In ticks, a real number. How long a tick is, stands beside it and does not matter here. */
const DURATION = 0x4489;
const CLUSTER = 0x1f43b675;
/** Of a cluster, in ticks; its blocks count from there. */
const TIMESTAMP = 0xe7;
const SIMPLE_BLOCK = 0xa3;
const BLOCK_GROUP = 0xa0;
const BLOCK = 0xa1;

/** Elements whose content is read element by element. A live one has no size of its own, and ends where the film does. */
const OPENED: readonly number[] = [SEGMENT, CLUSTER, BLOCK_GROUP];

interface Element {
  readonly id: number;
  /** Where it, its content and what comes after it begin, bytes; without an end where its size is not known. */
  readonly begin: number;
  readonly content: number;
  readonly end: number | undefined;
}

/** The film with its length; as it is where it has no two frames, or where whoever made it went back to write its size. */
export async function withLength(film: Blob): Promise<Blob> {
  const bytes = new DataView(await film.arrayBuffer());
  const elements = elementsOf(bytes, 0, bytes.byteLength);
  const info = elements.find(({ id }) => id === INFO);
  const live = elements.some(({ id, end }) => id === SEGMENT && end === undefined);
  const ticks = ticksOf(bytes, elements);
  if (!live || info?.end === undefined || ticks === undefined) return film;
  const kept = elementsOf(bytes, info.content, info.end)
    .filter(({ id }) => id !== DURATION)
    .map(({ begin, end }) => film.slice(begin, end));
  const inside = new Blob([...kept, durationOf(ticks)]);
  const parts = [film.slice(0, info.begin), headOf(INFO, inside.size), inside, film.slice(info.end)];
  return new Blob(parts, { type: film.type });
}

/** The elements of a stretch in their order, those in an opened one after it. What was cut off is not among them. */
function elementsOf(bytes: DataView, from: number, to: number): Element[] {
  const elements: Element[] = [];
  for (let begin = from; begin < to;) {
    const id = numberAt(bytes, begin);
    const size = id === undefined ? undefined : numberAt(bytes, id.end);
    if (id === undefined || size === undefined) break;
    const content = size.end;
    const end = size.open ? undefined : content + size.value;
    if (end !== undefined && end > to) break;
    elements.push({ id: id.marked, begin, content, end });
    begin = end === undefined || OPENED.includes(id.marked) ? content : end;
  }
  return elements;
}

interface EbmlNumber {
  /** With the bit that marks its length, as ids are written, and without it, as sizes are meant. */
  readonly marked: number;
  readonly value: number;
  /** All of its bits are set: a size that nobody knew. */
  readonly open: boolean;
  readonly end: number;
}

/** The number that begins at a byte, whose leading zeros say how many more bytes it has; undefined where it is cut off. */
function numberAt(bytes: DataView, at: number): EbmlNumber | undefined {
  if (at >= bytes.byteLength) return undefined;
  const length = Math.clz32(bytes.getUint8(at)) - 23;
  const end = at + length;
  if (length > 8 || end > bytes.byteLength) return undefined;
  const marked = wholeAt(bytes, at, end);
  const range = 2 ** (7 * length);
  const value = marked - range;
  return { marked, value, open: value === range - 1, end };
}

/** The whole number that some bytes are, the greatest first. */
function wholeAt(bytes: DataView, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at++) value = value * 256 + bytes.getUint8(at);
  return value;
}

/** How long the frames play, the last one for as long as the one before; undefined without two of them. */
function ticksOf(bytes: DataView, elements: readonly Element[]): number | undefined {
  let cluster = 0;
  const frames: number[] = [];
  for (const { id, content, end = content } of elements) {
    if (id === TIMESTAMP) cluster = wholeAt(bytes, content, end);
    if (id !== SIMPLE_BLOCK && id !== BLOCK) continue;
    const track = numberAt(bytes, content);
    if (track !== undefined && track.end + 2 <= end) frames.push(cluster + bytes.getInt16(track.end));
  }
  const [before, last] = frames.slice(-2);
  return before === undefined || last === undefined ? undefined : last + (last - before);
}

/** Id and size of an element that is smaller than 256 MiB. */
function headOf(id: number, size: number): DataView<ArrayBuffer> {
  const head = new DataView(new ArrayBuffer(8));
  head.setUint32(0, id);
  head.setUint32(4, 0x10000000 + size);
  return head;
}

function durationOf(ticks: number): DataView<ArrayBuffer> {
  const element = new DataView(new ArrayBuffer(11));
  element.setUint16(0, DURATION);
  element.setUint8(2, 0x88);
  element.setFloat64(3, ticks);
  return element;
}
