/**
 * Draws one frame of messages: looks up where each mark is, has its picture put there, puts crosses where somebody
 * stopped waiting and words on the few marks that deserve them. It allocates nothing for a mark, and keeps what it drew
 * as numbers, so that two pictures can be compared.
 */
import { clamp } from '../../base/clamp.ts';
import { printDuration } from '../../base/units.ts';
import { EVENT, EVENT_WIDTH, HOP, HOP_WIDTH } from '../../design/readings.ts';
import {
  createCrossFrame,
  createPacketFrame,
  CROSS,
  CROSS_WIDTH,
  DEFAULT_STRETCH,
  MARK,
  MARK_FLAGS,
  MARK_WIDTH,
  MARKS_LIMIT,
  packetsAt,
  PACKET_HUES,
  type PacketFrame,
  type PacketOptions,
  timeoutsAt,
} from '../../replay/packets.ts';
import type { WatchedDetail } from '../../replay/detail.ts';
import { prettyText } from '../pretty.ts';
import { CROSS_SPRITE, isTurned, spriteOf } from './atlas.ts';
import { cachePatience } from './cache.ts';
import type { Moment } from './moment.ts';
import type { PacketBrush } from './packetBrush.ts';
import { Labels } from './packetLabels.ts';
import type { Routes } from './routes.ts';
import type { Sight } from './sight.ts';

/** What a drawn mark belongs to. */
export interface Struck {
  readonly operation: number;
  /** Rank. */
  readonly key: number;
  /** When its message left, or when it was given up on, microseconds: where it is drawn stretched, not where the cursor is. */
  readonly at: number;
}

/** Columns of what was drawn, one row a mark: picture, x, y. */
const DRAWN_WIDTH = 3;
const DRAWN_LIMIT = 2 * MARKS_LIMIT;

/**
 * Square CSS pixels of the drawing for each mark, of all messages and of a sample of them. Where there are more, whole
 * operations are left out, and the legend says how many.
 */
const ROOM_A_MESSAGE = 500;
const ROOM_A_SAMPLE = 3000;
const LEAST_MARKS = 40;
/** A cross that fades has words as long as it is seen at a glance. */
const TOLD_ALPHA = 0.4;

export class PacketPainter {
  #packets = createPacketFrame(1);
  #limit = 1;
  readonly #crosses = createCrossFrame();
  readonly #labels = new Labels();
  readonly #drawn = new Float32Array(DRAWN_LIMIT * DRAWN_WIDTH);
  /** By drawn mark: its row in the detail's hops, or in its events, counted down from -1. */
  readonly #rows = new Int32Array(DRAWN_LIMIT);
  #detail: WatchedDetail | undefined;
  /** The operations of the session that is followed, as far as the detail knows them. */
  #ofSession: ReadonlySet<number> = new Set();
  #brush: PacketBrush | undefined;
  #drawnCount = 0;
  #options: PacketOptions = { speed: '1/100', stretch: DEFAULT_STRETCH };

  /** Messages under way in the last frame, and one in how many of them was drawn; 0 where no detail covers the cursor. */
  inFlight = 0;
  oneIn = 0;

  paint(brush: PacketBrush, now: Moment, routes: Routes, sight: Sight): void {
    const soiled = this.#drawnCount > 0 || brush !== this.#brush;
    this.#brush = brush;
    if (soiled || now.detail !== undefined) brush.begin();
    this.#paintMarks(brush, now, routes, sight);
    if (!soiled && this.#drawnCount === 0) return;
    brush.end(this.#labels.layOut((text) => brush.measure(text), sight, routes.cards));
  }

  #paintMarks(brush: PacketBrush, now: Moment, routes: Routes, sight: Sight): void {
    this.#labels.clear();
    this.#drawnCount = 0;
    this.inFlight = 0;
    this.oneIn = 0;
    const { detail } = now;
    if (detail !== this.#detail) {
      this.#detail = detail;
      this.#ofSession = new Set(detail?.ofSession);
    }
    if (detail === undefined) return;
    if (this.#options.speed !== now.speed) this.#options = { speed: now.speed, stretch: DEFAULT_STRETCH };
    const frame = packetsAt(detail, now.cursor, this.#options, this.#frameFor(now, sight));
    const { count, data } = frame;
    this.inFlight = count;
    this.oneIn = frame.oneIn;
    for (let i = 0; i < count; i++) {
      const at = i * MARK_WIDTH;
      if (!routes.locate(data[at + MARK.from] ?? 0, data[at + MARK.to] ?? 0, data[at + MARK.progress] ?? 0))
        continue;
      const flags = data[at + MARK.flags] ?? 0;
      const shape = data[at + MARK.shape] ?? 0;
      const sprite = spriteOf(shape, flags, isTurned(shape) ? Math.atan2(routes.dy, routes.dx) : 0);
      const x = routes.x * sight.zoom + sight.x;
      const y = routes.y * sight.zoom + sight.y;
      const hop = data[at + MARK.hop] ?? 0;
      this.#put(brush, sprite, x, y, data[at + MARK.alpha] ?? 0, sight.density, hop);
      if (now.exact() && detail.hops[hop * HOP_WIDTH + HOP.key] === now.watchedKey)
        this.#nameMark(detail, hop, flags, shape, x, y);
      else if (this.#ofSession.has(detail.hops[hop * HOP_WIDTH + HOP.operation] ?? 0))
        this.#labels.add(`session ${now.followedSession ?? ''}`, 'ink', x, y, 1);
    }
    this.#paintCrosses(brush, now, detail, routes, sight);
  }

  /** Every mark of the last frame, as a number that is the same for the same picture (to a tenth of a pixel). */
  digest(hash: (value: number) => void): void {
    hash(this.#drawnCount);
    for (let i = 0; i < this.#drawnCount * DRAWN_WIDTH; i++)
      hash(i % DRAWN_WIDTH === 0 ? (this.#drawn[i] ?? 0) : Math.round((this.#drawn[i] ?? 0) * 10));
  }

  /** Where every mark of the last frame is, CSS pixels of the canvas. */
  places(): readonly { readonly x: number; readonly y: number }[] {
    return Array.from({ length: this.#drawnCount }, (_, i) => ({
      x: this.#drawn[i * DRAWN_WIDTH + 1] ?? 0,
      y: this.#drawn[i * DRAWN_WIDTH + 2] ?? 0,
    }));
  }

  /**
   * The nearest mark of the last frame within `reach` CSS pixels of a point of the canvas, and whose it is: what a press
   * there selects. Those drawn last lie on top, and win where several are equally near.
   */
  strike(x: number, y: number, reach: number): Struck | undefined {
    let nearest = -1;
    let distance = reach * reach;
    for (let i = 0; i < this.#drawnCount; i++) {
      const dx = (this.#drawn[i * DRAWN_WIDTH + 1] ?? 0) - x;
      const dy = (this.#drawn[i * DRAWN_WIDTH + 2] ?? 0) - y;
      if (dx * dx + dy * dy > distance) continue;
      distance = dx * dx + dy * dy;
      nearest = i;
    }
    const row = this.#rows[nearest];
    const detail = this.#detail;
    if (nearest < 0 || row === undefined || detail === undefined) return undefined;
    const { hops, events } = detail;
    const at = row >= 0 ? row * HOP_WIDTH : (-1 - row) * EVENT_WIDTH;
    const struck =
      row >= 0
        ? { operation: hops[at + HOP.operation], key: hops[at + HOP.key], at: hops[at + HOP.sentAt] }
        : {
            operation: events[at + EVENT.operation],
            key: events[at + EVENT.key],
            at: events[at + EVENT.time],
          };
    const { operation = 0, key = -1, at: time = 0 } = struck;
    return operation > 0 && key >= 0 ? { operation, key, at: time } : undefined;
  }

  /** A frame with room for as many marks as the drawing can hold without becoming a crowd. */
  #frameFor(now: Moment, sight: Sight): PacketFrame {
    const exact = now.speed === '1/100' || now.speed === '1/1000';
    const wished = Math.round((sight.w * sight.h) / (exact ? ROOM_A_MESSAGE : ROOM_A_SAMPLE));
    const limit = clamp(wished, LEAST_MARKS, MARKS_LIMIT);
    if (limit !== this.#limit) {
      this.#packets = createPacketFrame(limit);
      this.#limit = limit;
    }
    return this.#packets;
  }

  #put(
    brush: PacketBrush,
    sprite: number,
    x: number,
    y: number,
    alpha: number,
    density: number,
    row: number,
  ): void {
    brush.put(sprite, x * density, y * density, alpha);
    if (this.#drawnCount >= DRAWN_LIMIT) return;
    this.#rows[this.#drawnCount] = row;
    const drawn = this.#drawnCount * DRAWN_WIDTH;
    this.#drawn[drawn] = sprite;
    this.#drawn[drawn + 1] = x;
    this.#drawn[drawn + 2] = y;
    this.#drawnCount++;
  }

  /** Words go to what is out of the ordinary first, then to writes. A plain read needs none. */
  #nameMark(detail: WatchedDetail, hop: number, flags: number, shape: number, x: number, y: number): void {
    const version = detail.hops[hop * HOP_WIDTH + HOP.version] ?? -1;
    const hue = PACKET_HUES[shape];
    const givenUp = (flags & MARK_FLAGS.givenUp) !== 0;
    const stale = (flags & MARK_FLAGS.stale) !== 0;
    if (hue === 'inv') this.#labels.add('invalidate', 'inv', x, y, 1);
    else if (hue === undefined || hue === 'rep' || version < 0) return;
    else if (givenUp) this.#labels.add(`v${version}, given up on`, hue === 'put' ? 'put-t' : hue, x, y, 0);
    else if (stale) this.#labels.add(`v${version} stale`, 'inv', x, y, 1);
    else if (hue === 'put') this.#labels.add(`v${version}`, 'put-t', x, y, 2);
  }

  #paintCrosses(brush: PacketBrush, now: Moment, detail: WatchedDetail, routes: Routes, sight: Sight): void {
    const { count, data } = timeoutsAt(detail, now.cursor, this.#options, this.#crosses);
    for (let i = 0; i < count; i++) {
      const at = i * CROSS_WIDTH;
      const node = data[at + CROSS.node] ?? 0;
      const event = data[at + CROSS.event] ?? 0;
      if (!routes.besideSender(node, detail.events[event * EVENT_WIDTH + EVENT.call] ?? 0)) continue;
      const x = routes.x * sight.zoom + sight.x;
      const y = routes.y * sight.zoom + sight.y;
      const alpha = 1 - (data[at + CROSS.age] ?? 0);
      this.#put(brush, CROSS_SPRITE, x, y, alpha, sight.density, -1 - event);
      if (i === count - 1 && alpha >= TOLD_ALPHA)
        this.#labels.addTimeout(patience(now, node), x, y, routes.spacious);
    }
  }
}

/** How long the one who stopped waiting was to wait. */
function patience(now: Moment, node: number): string {
  const { design } = now;
  if (design === undefined) return '';
  return prettyText(printDuration(node === 0 ? design.client.timeout : cachePatience(design)));
}
