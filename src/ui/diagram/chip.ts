/**
 * The watched key's version as a node holds it, written outside of React into a slot: newest, stale (striped), dirty
 * (half filled) or a tombstone (round).
 */
import type { Held } from './moment.ts';
import type { Writable } from './slots.ts';
import chip from '../marks/VersionChip.module.css';

/** A tombstone in the chip's place: nothing is held, and older versions are refused. */
export function paintTombstone(slots: Writable, slot: string, version: number): void {
  slots.text(slot, `v${version} ∅`);
  slots.className(slot, `${chip.chip} ${chip.tombstone}`);
  slots.mark(slot, 'dim', undefined);
}

/**
 * @param held undefined where nothing is known
 * @param nothing what is said when it holds nothing
 * @param unknown what is said when that is not known
 * @param spelled whether there is room to say in a word what the chip's shape says
 */
export function paintChip(
  slots: Writable,
  slot: string,
  held: Held | undefined,
  nothing: string,
  unknown: string,
  spelled: boolean,
): void {
  if (held === undefined || held.version < 0) {
    slots.text(slot, held === undefined ? unknown : nothing);
    slots.className(slot, '');
    slots.mark(slot, 'dim', '');
    return;
  }
  const { version, freshness } = held;
  slots.text(slot, freshness === 'newest' || !spelled ? `v${version}` : `v${version} ${freshness}`);
  slots.className(slot, `${chip.chip} ${chip[freshness]}`);
  slots.mark(slot, 'dim', undefined);
}
