/**
 * What a person adds to a design and the engine mostly does not see: remarks, places of nodes that were moved, prices
 * that were changed. Lists and maps, each entry read and printed by itself. No entry becomes a key before its name
 * is known to be one, so no name can reach a prototype.
 */
import { likelyWord, nearestWord } from '../base/nearest.ts';
import { err, ok, type Result } from '../base/result.ts';
import { parseDecimal } from '../base/decimal.ts';
import { printDuration } from '../base/units.ts';
import type { Design } from './design.ts';
import type { Trouble } from './leaf.ts';
import { LIMITS } from './limits.ts';
import { hasPlace, isPlaceName, placeNames } from './places.ts';
import { PRICES } from './prices.ts';
import { LEAVES } from './leaves.ts';
import { DURATION, within } from './quantities.ts';
import { designSchema } from './schema.ts';

export type Remark = Design['remarks'][number];
export type Place = Design['layout'][string];

export const REMARK_ALLOWED = `up to ${LIMITS.remarks} of INSTANT:TEXT or NODE:TEXT, such as 12.5s:look here`;
export const PLACE_ALLOWED = `x,y in pixels, up to ${LIMITS.layout} from the middle`;
export const PRICE_ALLOWED = `$ from 0 to ${LIMITS.price}`;

const INSTANT = within(DURATION, 0, LIMITS.duration);

/** A remark is on a place or on an instant; its text is any. The nearest is what it may have been meant to be on. */
export function remarkOf(on: string, text: string): Result<Remark, Trouble> {
  const instant = INSTANT.read(on);
  if (!instant.ok && !isPlaceName(on)) {
    const nearest = instant.error.nearest ?? likelyWord(on, placeNames());
    const message = `is on "${on}", which is neither an instant nor a node`;
    return err({ message, ...(nearest === undefined ? {} : { nearest }) });
  }
  const read = LEAVES.get(designSchema.shape.remarks.def.element.shape.text)?.read(text);
  if (read?.ok === false) return read;
  return ok({ on: instant.ok ? printDuration(instant.value) : on, text: String(read?.value) });
}

/** `12.5s:look here`: what it is on, up to the first colon, and its text. */
export function parseRemark(text: string): Result<Remark, Trouble> {
  const colon = text.indexOf(':');
  if (colon < 0) return err({ message: 'does not say what it is on' });
  const remark = remarkOf(text.slice(0, colon), text.slice(colon + 1));
  if (remark.ok || remark.error.nearest === undefined) return remark;
  return err({ ...remark.error, nearest: remark.error.nearest + text.slice(colon) });
}

/** The one text of a remark: `12.5s:look here`. */
export function printRemark(remark: Remark): string {
  return `${remark.on}:${remark.text}`;
}

const COORDINATE = /^-?\d/;

/** `x,y`, both in pixels from the middle of the diagram. */
export function parsePlace(text: string): Result<Place, Trouble> {
  const [x, y, ...more] = text.split(',').map(parseCoordinate);
  if (x === undefined || y === undefined || more.length > 0) return err({ message: 'is not a place' });
  return ok([x, y]);
}

function parseCoordinate(text: string): number | undefined {
  if (!COORDINATE.test(text)) return undefined;
  const size = parseDecimal(text.replace(/^-/, ''));
  if (size === undefined || size > LIMITS.layout) return undefined;
  // Zero has one sign.
  return text.startsWith('-') && size > 0 ? -size : size;
}

/** The one text of a place: `120,-40`. */
export function printPlace([x, y]: Place): string {
  return `${x},${y}`;
}

/** What remarks are on, or was moved, and this design has not: all of it is kept, for when there are more nodes again. */
export function missingPlaces(design: Design): string[] {
  const names = new Set([...design.remarks.map(({ on }) => on), ...Object.keys(design.layout)]);
  return [...names].filter((name) => isPlaceName(name) && !hasPlace(design, name));
}

/** What is wrong with a name under `layout`; undefined when it is the name of a place. */
export function troubleOfPlaceName(name: string): Trouble | undefined {
  return isPlaceName(name) ? undefined : { message: 'is not the name of a node' };
}

const ITEMS = Object.keys(PRICES);
export const ITEM_ALLOWED = `one of ${ITEMS.join(', ')}`;

/** What is wrong with a name under `prices`; undefined when it has a price. */
export function troubleOfItem(name: string): Trouble | undefined {
  if (ITEMS.includes(name)) return undefined;
  const nearest = nearestWord(name, ITEMS);
  return { message: 'has no price', ...(nearest === undefined ? {} : { nearest }) };
}

/** $ a unit of an item, as a plain number; which unit, `prices.ts` says. */
export function parsePrice(text: string): Result<number, Trouble> {
  const price = parseDecimal(text);
  if (price === undefined) return err({ message: 'is not a price' });
  return price <= LIMITS.price ? ok(price) : err({ message: 'is too high', nearest: String(LIMITS.price) });
}
