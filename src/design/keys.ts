/**
 * The one door into a design: texts by their keys. Documents, links, the inspector and `--set` all come through here,
 * so a key's rule and the rules between keys are the same for each of them. What is valid is kept, what is not falls
 * back to the base and leaves a Problem. Never throws for what somebody typed.
 */
import { err, ok, type Result } from '../base/result.ts';
import {
  ITEM_ALLOWED,
  PLACE_ALLOWED,
  PRICE_ALLOWED,
  REMARK_ALLOWED,
  parsePlace,
  parsePrice,
  parseRemark,
  printPlace,
  printRemark,
  troubleOfItem,
  troubleOfPlaceName,
} from './annotations.ts';
import type { Design, Fault } from './design.ts';
import { mendFault, parseFault, printFault } from './faults.ts';
import { FIELDS, fieldByKey, valueOf, withValue, type Field } from './fields.ts';
import type { FieldKey } from './fieldWords.ts';
import { unknownKey } from './keyNames.ts';
import type { LeafKind } from './leaf.ts';
import { LIMITS } from './limits.ts';
import { problem, type Problem } from './problem.ts';
import { targetClassOf } from './nodes.ts';
import { KEYS_OF_TARGETS, RULES, troubleOfFault } from './rules.ts';

export interface Entry {
  readonly key: string;
  readonly text: string;
}

export interface Reading {
  readonly design: Design;
  readonly problems: readonly Problem[];
}

const LAYOUT = 'layout.';
const PRICES = 'prices.';

/**
 * `base` with all of `entries` set at once: what holds only between several of them need not hold in between.
 * `fault` and `remark` append; every other key replaces. The nearest value that a problem names can be set as it stands.
 */
export function applyEntries(base: Design, entries: readonly Entry[]): Reading {
  const { given, design, problems } = readEntries(base, entries);
  let mended = design;
  // What breaks a rule between keys comes last, and of these keys it is the one that is good by itself.
  const told = problems.toReversed().map((each) => {
    const accepted = withAccepted([design, given, mended], each);
    const { key, nearest } = accepted;
    if (nearest !== undefined) mended = readEntries(mended, [{ key, text: nearest }]).design;
    return accepted;
  });
  return { design, problems: told.reverse() };
}

/** A nearest value that is wrong in turn leads on to its own: a unit may be missing, and then a number be too large. */
const NEAREST_STEPS = 4;

/**
 * A part of a value is mended by itself: whether all of it can be set is seen by setting it, in the first of `designs`
 * at any rate, and where that can be in the others as well: as it was given, and with what else was suggested.
 */
function withAccepted([design, ...others]: readonly [Design, ...Design[]], given: Problem): Problem {
  const { nearest: first, ...rest } = given;
  if (fieldByKey(given.key) === undefined && given.key !== 'fault') return given;
  let nearest = acceptedBy(design, given.key, first);
  if (nearest === undefined) return rest;
  for (const other of others) {
    const agreed = acceptedBy(design, given.key, acceptedBy(other, given.key, nearest));
    if (agreed !== undefined) nearest = agreed;
  }
  return { ...rest, nearest };
}

function acceptedBy(design: Design, key: string, text: string | undefined): string | undefined {
  let nearest = text;
  for (let step = 0; nearest !== undefined && step < NEAREST_STEPS; step++) {
    const [trouble] = readEntries(design, [{ key, text: nearest }]).problems;
    if (trouble === undefined) return nearest;
    nearest = trouble.nearest;
  }
  return undefined;
}

/** `given` is the design with all that is good by itself, whether it holds together or not. */
function readEntries(base: Design, entries: readonly Entry[]): Reading & { readonly given: Design } {
  const problems: Problem[] = [];
  let design = base;
  for (const entry of entries) {
    const next = applyEntry(design, entry);
    if (next.ok) design = next.value;
    else problems.push(next.error);
  }
  const given = design;
  design = mendRules(base, design, problems);
  design = mendFaults(base, design, problems);
  return { given, design, problems };
}

function applyEntry(design: Design, { key, text }: Entry): Result<Design, Problem> {
  const field = fieldByKey(key);
  if (field !== undefined) {
    const value = field.parse(text);
    if (value.ok) return ok(withValue(design, field.key, value.value));
    const nearest = inItsUnit(field, valueOf(design, field.key), text) ?? value.error.nearest;
    return err(problem(key, text, value.error.message, field.allowed, nearest));
  }
  if (key === 'fault') {
    const fault = parseFault(text);
    if (!fault.ok) {
      const { part, value, message, allowed, nearest } = fault.error;
      return err(
        problem(
          key,
          text,
          part === 'fault' ? message : `${part} "${value}" ${message}`,
          allowed,
          nearest === undefined ? undefined : mendFault(text, part, nearest),
        ),
      );
    }
    return withFault(design, fault.value);
  }
  if (key === 'remark') {
    const remark = parseRemark(text);
    if (!remark.ok)
      return err(problem(key, text, remark.error.message, REMARK_ALLOWED, remark.error.nearest));
    if (design.remarks.length >= LIMITS.remarks)
      return err(problem(key, text, `${LIMITS.remarks + 1} remarks with this one`, REMARK_ALLOWED));
    return ok({ ...design, remarks: [...design.remarks, remark.value] });
  }
  if (key.startsWith(LAYOUT)) return withPlace(design, key.slice(LAYOUT.length), text);
  if (key.startsWith(PRICES)) return withPrice(design, key.slice(PRICES.length), text);
  return err(unknownKey(key, text));
}

const MEASURED: readonly LeafKind[] = ['duration', 'duration-or-off', 'rate', 'bytes'];

/** A number alone is taken in the unit in which the key has its value: beside 20ms, "30" is 30ms. */
function inItsUnit(field: Field, value: unknown, text: string): string | undefined {
  if (!MEASURED.includes(field.kind) || !/^\s*\d+(\.\d+)?\s*$/.test(text)) return undefined;
  const [, unit] = /^[\d.]+(\D+)$/.exec(field.print(value)) ?? [];
  if (unit === undefined) return undefined;
  const read = field.parse(text.trim() + unit);
  return read.ok ? field.print(read.value) : read.error.nearest;
}

/** What may stand at a key that holds one value; undefined where there is no such key. */
export function allowedAt(key: string): string | undefined {
  if (key.startsWith(LAYOUT)) return PLACE_ALLOWED;
  if (key.startsWith(PRICES)) return PRICE_ALLOWED;
  return fieldByKey(key)?.allowed;
}

/** One fault more, as far as the limit allows. Whether its target exists is asked when all keys are known. */
export function withFault(design: Design, fault: Fault): Result<Design, Problem> {
  if (design.faults.length < LIMITS.faults) return ok({ ...design, faults: [...design.faults, fault] });
  return err(
    problem(
      'fault',
      printFault(fault),
      `${design.faults.length + 1} faults with this one`,
      `at most ${LIMITS.faults} faults`,
    ),
  );
}

function withPlace(design: Design, name: string, text: string): Result<Design, Problem> {
  const trouble = troubleOfPlaceName(name);
  if (trouble !== undefined) return err(problem(LAYOUT + name, text, trouble.message, 'the name of a node'));
  const place = parsePlace(text);
  if (!place.ok) return err(problem(LAYOUT + name, text, place.error.message, PLACE_ALLOWED));
  return ok({ ...design, layout: { ...design.layout, [name]: place.value } });
}

function withPrice(design: Design, item: string, text: string): Result<Design, Problem> {
  const trouble = troubleOfItem(item);
  if (trouble !== undefined)
    return err(problem(PRICES + item, text, trouble.message, ITEM_ALLOWED, trouble.nearest));
  const price = parsePrice(text);
  if (!price.ok)
    return err(problem(PRICES + item, text, price.error.message, PRICE_ALLOWED, price.error.nearest));
  return ok({ ...design, prices: { ...design.prices, [item]: price.value } });
}

/** What breaks a rule between keys falls back to the base, which keeps them all. */
function mendRules(base: Design, read: Design, problems: Problem[]): Design {
  let design = read;
  for (const rule of RULES)
    for (const key of rule.keys) {
      if (rule.holds(design)) break;
      const field = fieldByKey(key);
      if (field === undefined || valueOf(design, key) === valueOf(base, key)) continue;
      const text = field.print(valueOf(design, key));
      problems.push(
        problem(key, text, rule.message(key), rule.allowed(design, key), rule.nearest(design, key)),
      );
      design = withValue(design, key, valueOf(base, key));
    }
  return design;
}

/** A new fault at what does not exist is dropped; a change that takes away what an old one is aimed at is undone. */
function mendFaults(base: Design, read: Design, problems: Problem[]): Design {
  let design = read;
  for (const fault of design.faults) {
    if (!base.faults.includes(fault) || troubleOfFault(design, fault) === undefined) continue;
    const what = targetClassOf(base, fault.target);
    for (const key of what === undefined ? [] : KEYS_OF_TARGETS[what]) {
      const [before, now] = [valueOf(base, key), valueOf(design, key)];
      // Of several that were changed together, some may have nothing to do with it.
      if (now === before || troubleOfFault(withValue(base, key, now), fault) === undefined) continue;
      design = withValue(design, key, before);
      problems.push(
        problem(
          key,
          String(now),
          `a fault is aimed at ${fault.target}`,
          `at least what ${fault.target} needs; or remove the fault`,
          String(before),
        ),
      );
    }
  }
  const faults = design.faults.filter((fault) => {
    const trouble = base.faults.includes(fault) ? undefined : troubleOfFault(design, fault);
    if (trouble !== undefined) problems.push(trouble);
    return trouble === undefined;
  });
  return faults.length === design.faults.length ? design : { ...design, faults };
}

/** The design with one key set, as a link writes it; `fault` and `remark` append. */
export function setByKey(design: Design, key: string, text: string): Result<Design, Problem> {
  const { design: next, problems } = applyEntries(design, [{ key, text }]);
  const [first] = problems;
  return first === undefined ? ok(next) : err(first);
}

/** The text of a key in a design; several faults or remarks are joined by `&`; empty where there is nothing. */
export function printByKey(design: Design, key: string): string {
  const field = fieldByKey(key);
  if (field !== undefined) return field.print(valueOf(design, field.key));
  return entriesOfLists(design)
    .filter((entry) => entry.key === key)
    .map(({ text }) => text)
    .join('&');
}

/** Lists and maps as entries, in canonical order. */
export function entriesOfLists(design: Design): Entry[] {
  const sorted = <T>(map: Readonly<Record<string, T>>) =>
    Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    ...sorted(design.layout).map(([name, place]) => ({ key: LAYOUT + name, text: printPlace(place) })),
    ...sorted(design.prices).map(([item, price]) => ({ key: PRICES + item, text: String(price) })),
    ...design.faults.map((fault) => ({ key: 'fault', text: printFault(fault) })),
    ...design.remarks.map((remark) => ({ key: 'remark', text: printRemark(remark) })),
  ];
}

/** Whether two values of a field are the same. */
export function sameValue(field: Field, a: unknown, b: unknown): boolean {
  return (
    Object.is(a, b) || (typeof a === 'object' && typeof b === 'object' && field.print(a) === field.print(b))
  );
}

/** The fields in which two designs differ, in canonical order. */
export function differences(
  design: Design,
  base: Design,
): { readonly key: FieldKey; readonly text: string }[] {
  return FIELDS.flatMap((field) => {
    const [value, before] = [valueOf(design, field.key), valueOf(base, field.key)];
    return sameValue(field, value, before) ? [] : [{ key: field.key, text: field.print(value) }];
  });
}
