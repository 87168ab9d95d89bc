/**
 * The document: a design as JSON, every key optional, quantities as texts with units. Reading keeps whatever is valid
 * and says what is not; writing gives only what differs from the seed. The rules are those of keys.ts: this file
 * only takes JSON apart and puts it together.
 */
import * as z from 'zod/mini';
import { nearestWord } from '../base/nearest.ts';
import { PLACE_ALLOWED, REMARK_ALLOWED, printRemark, remarkOf } from './annotations.ts';
import { seedDesign, type Design, type Fault } from './design.ts';
import { allowedPart, faultOf, parseFault, printFault, textsOfFault } from './faults.ts';
import { FIELDS, fieldByKey, isGroup, valueOf } from './fields.ts';
import { unknownKey } from './keyNames.ts';
import { allowedAt, applyEntries, sameValue, type Entry, type Reading } from './keys.ts';
import { LIMITS } from './limits.ts';
import { problem, type Problem } from './problem.ts';
import { repeatedKeys } from './repeatedKeys.ts';
import { designSchema, faultSchema } from './schema.ts';

type JsonObject = Readonly<Record<string, unknown>>;

/** Keys of the document's top level. */
const TOP_KEYS = Object.keys(designSchema.shape);

/** A design from a document, as parsed from JSON. What the document leaves out, or gets wrong, is the base's. */
export function readDocument(json: unknown, base: Design = seedDesign): Reading {
  if (!isObject(json))
    return {
      design: base,
      problems: [problem('document', describe(json), 'is no document', 'a JSON object')],
    };
  const problems: Problem[] = [];
  const entries: Entry[] = [];
  let start = base;
  for (const [key, value] of partsOf('document', json, problems)) {
    if (!TOP_KEYS.includes(key)) problems.push(strayKey(key, describe(value)));
    else if (key === 'faults') {
      start = { ...start, faults: [] };
      entries.push(...itemsOf(key, value, LIMITS.faults, problems, entryOfFault));
    } else if (key === 'remarks') {
      start = { ...start, remarks: [] };
      entries.push(...itemsOf(key, value, LIMITS.remarks, problems, entryOfRemark));
    } else if (key === 'layout' || key === 'prices') {
      start = { ...start, [key]: {} };
      entries.push(...entriesBelow(key, value, problems));
    } else if (isGroup(key)) entries.push(...entriesBelow(key, value, problems));
    else entries.push(...entryOfLeaf(key, value, problems));
  }
  const reading = applyEntries(start, entries);
  return { design: reading.design, problems: [...problems, ...reading.problems] };
}

/** A design from a document's text. */
export function parseJsonDocument(text: string): Reading {
  const refuse = (message: string) => ({
    design: seedDesign,
    problems: [problem('document', text, message, `JSON of at most ${LIMITS.documentText} characters`)],
  });
  if (text.trim() === '') return refuse('is empty');
  if (text.length > LIMITS.documentText) return refuse(`has ${text.length} characters`);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return refuse(`is not JSON${whereOf(error, text)}`);
  }
  const { design, problems } = readDocument(json, seedDesign);
  return { design, problems: [...repeatedKeys(text), ...problems] };
}

/** Where a text stops being JSON, ` from line 3 on`, as far as the engine says; they all say it in words of their own. */
function whereOf(error: unknown, text: string): string {
  const words = error instanceof Error ? error.message : '';
  const line = /line (\d+) column/.exec(words)?.[1];
  const position = /position (\d+)/.exec(words)?.[1];
  if (line !== undefined) return ` from line ${line} on`;
  if (position === undefined) return '';
  return ` from line ${text.slice(0, Number(position)).split('\n').length} on`;
}

/** A key that the top level does not have. One of a group, as links write it or by its name alone, stands inside that. */
function strayKey(key: string, text: string): Problem {
  const parts = FIELDS.map((field) => field.key.split('.')).filter(({ length }) => length > 1);
  const path = parts.find((names) => names.join('.') === key) ?? parts.find((names) => names.at(-1) === key);
  if (path === undefined) return unknownKey(key, text, TOP_KEYS);
  const inside = path.reduceRight((below, name) => `{ "${name}": ${below} }`, '…');
  return problem(key, text, 'stands inside its group in a document', inside);
}

function entriesBelow(prefix: string, value: unknown, problems: Problem[]): Entry[] {
  if (!isObject(value)) {
    problems.push(problem(prefix, describe(value), 'is no object', 'an object of its keys'));
    return [];
  }
  return partsOf(prefix, value, problems).flatMap(([name, part]) => {
    const key = `${prefix}.${name}`;
    if (key === 'store.legs') return entriesBelow(key, part, problems);
    return prefix === 'layout' ? entryOfPlace(key, part, problems) : entryOfLeaf(key, part, problems);
  });
}

/** The keys and values of an object, as many as are looked at. */
function partsOf(key: string, object: JsonObject, problems: Problem[]): [string, unknown][] {
  const parts = Object.entries(object);
  const { entries } = LIMITS;
  if (parts.length > entries)
    problems.push(problem(key, `${parts.length} keys`, 'has too many keys', `at most ${entries}`));
  return parts.slice(0, entries);
}

function entryOfPlace(key: string, value: unknown, problems: Problem[]): Entry[] {
  if (Array.isArray(value) && value.every((part) => typeof part === 'number'))
    return [{ key, text: value.map(textOf).join(',') }];
  problems.push(problem(key, describe(value), 'is no list of two numbers', PLACE_ALLOWED));
  return [];
}

function entryOfLeaf(key: string, value: unknown, problems: Problem[]): Entry[] {
  if (isSingle(value)) {
    const text = textOf(value);
    const trouble = key.startsWith('prices.') ? troubleOfType(value, 0) : troubleOfField(key, value, text);
    if (trouble === undefined) return [{ key, text }];
    problems.push(problem(key, text, trouble, allowedAt(key) ?? '', text));
    return [];
  }
  const allowed = allowedAt(key);
  problems.push(
    allowed === undefined
      ? unknownKey(key, describe(value))
      : problem(key, describe(value), 'is no value', allowed),
  );
  return [];
}

/** A field's text may be good in a link, where all is text, and still be none of what JSON has for it. */
function troubleOfField(key: string, value: Single, text: string): string | undefined {
  const field = fieldByKey(key);
  const read = field?.parse(text);
  if (field === undefined || read?.ok !== true) return undefined;
  // A share is written as a part of one or in per cent: the sign tells which, and both can be meant.
  const isShare = field.kind === 'share' || field.kind === 'share-or-off';
  return isShare ? undefined : troubleOfType(value, field.encode(read.value));
}

/** What is wrong with the type of a value where JSON is to have one like `right`. */
function troubleOfType(value: Single, right: unknown): string | undefined {
  if (typeof value === typeof right) return undefined;
  if (typeof right === 'string') return `is a ${typeof value}, and a text in quotes belongs here`;
  return `is in quotes, which ${typeof right === 'number' ? 'a number has' : 'true and false have'} not`;
}

function itemsOf(
  key: string,
  value: unknown,
  most: number,
  problems: Problem[],
  entryOf: (item: unknown, at: string) => Entry | Problem,
): Entry[] {
  if (!Array.isArray(value)) {
    problems.push(problem(key, describe(value), 'is no list', 'a list'));
    return [];
  }
  if (value.length > most)
    problems.push(problem(key, `${value.length} of them`, 'are too many', `at most ${most}`, String(most)));
  const items: readonly unknown[] = value.slice(0, most);
  return items.flatMap((item, i) => {
    const entry = entryOf(item, `${key}[${i}]`);
    if ('text' in entry) return [entry];
    problems.push(entry);
    return [];
  });
}

/** A fault as an object of its parts, or in the form of a link. */
function entryOfFault(item: unknown, at: string): Entry | Problem {
  if (!isObject(item) && typeof item !== 'string')
    return problem(at, describe(item), 'is no fault', 'an object with at, target and kind');
  const texts = new Map<string, string>();
  for (const [part, value] of typeof item === 'string' ? [] : Object.entries(item)) {
    if (!isSingle(value))
      return problem(`${at}.${part}`, describe(value), 'is no part of a fault', 'a text or a number');
    texts.set(part, textOf(value));
  }
  const fault = typeof item === 'string' ? parseFault(item) : faultOf(texts);
  const factor = isObject(item) ? item['factor'] : undefined;
  const trouble = fault.ok && isSingle(factor) ? troubleOfType(factor, 0) : undefined;
  if (trouble !== undefined)
    return problem(`${at}.factor`, String(factor), trouble, allowedPart('factor') ?? '', String(factor));
  if (fault.ok) return { key: 'fault', text: printFault(fault.value) };
  const { part, value, message, allowed, nearest } = fault.error;
  return problem(part === 'fault' ? at : `${at}.${part}`, value, message, allowed, nearest);
}

function entryOfRemark(item: unknown, at: string): Entry | Problem {
  if (!isObject(item)) return problem(at, describe(item), 'is no remark', 'an object with on and text');
  const known = ['on', 'text'];
  for (const [name, value] of Object.entries(item)) {
    const key = `${at}.${name}`;
    if (!known.includes(name))
      return problem(
        key,
        describe(value),
        'is no part of a remark',
        known.join(' and '),
        nearestWord(name, known),
      );
    if (typeof value !== 'string') return problem(key, describe(value), 'is no text', 'a text');
  }
  for (const name of known)
    if (!Object.hasOwn(item, name))
      return problem(`${at}.${name}`, '', 'is missing', 'an object with on and text');
  const remark = remarkOf(String(item['on']), String(item['text']));
  if (remark.ok) return { key: 'remark', text: printRemark(remark.value) };
  return problem(at, describe(item['on']), remark.error.message, REMARK_ALLOWED, remark.error.nearest);
}

type Single = string | number | boolean;

/** Whether it can be the text, the number or the flag of one key. */
function isSingle(value: unknown): value is Single {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** As a link would have it: JavaScript writes large numbers as `1e+21`, where a plus is none of a number's. */
function textOf(value: Single): string {
  return typeof value === 'number' ? String(value).replace('e+', 'e') : String(value);
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value in a few words: what a person wrote, or what sort of thing stands there. */
function describe(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  return String(value);
}

/** What differs from the seed, as a document: keys in the order of the schema, nothing that need not be said. */
export function writeDocument(design: Design): Record<string, unknown> {
  const document: Record<string, unknown> = {};
  for (const key of TOP_KEYS) {
    const part = documentPart(design, key);
    if (part !== undefined) document[key] = part;
  }
  return document;
}

function documentPart(design: Design, key: string): unknown {
  switch (key) {
    case 'faults':
      return design.faults.length === 0 ? undefined : design.faults.map(documentFault);
    case 'remarks':
      return design.remarks.length === 0 ? undefined : design.remarks.map(({ on, text }) => ({ on, text }));
    case 'layout':
      return Object.keys(design.layout).length === 0 ? undefined : { ...design.layout };
    case 'prices':
      return Object.keys(design.prices).length === 0 ? undefined : { ...design.prices };
    default:
      return changedFields(design, key);
  }
}

/** The fields of a group that differ from the seed's, or the one field that `key` names. */
function changedFields(design: Design, key: string): unknown {
  const changed: [string, unknown][] = [];
  const legs: [string, unknown][] = [];
  for (const field of FIELDS) {
    const [group, name, leg] = field.key.split('.');
    const value = valueOf(design, field.key);
    if (group !== key || sameValue(field, value, valueOf(seedDesign, field.key))) continue;
    if (name === undefined) return field.encode(value);
    if (leg === undefined) changed.push([name, field.encode(value)]);
    else legs.push([leg, field.encode(value)]);
  }
  if (legs.length > 0) changed.push(['legs', Object.fromEntries(legs)]);
  return changed.length === 0 ? undefined : Object.fromEntries(changed);
}

function documentFault(fault: Fault): Record<string, unknown> {
  const encoded = new Map<string, unknown>(Object.entries(z.encode(faultSchema, { ...fault })));
  return Object.fromEntries([...textsOfFault(fault).keys()].map((part) => [part, encoded.get(part)]));
}
