/**
 * The kinds of fault, as data: what each does, what it can be aimed at, its one parameter; and faults as a link writes
 * them, `cache-1:slow:20@10s-18s`. Whether a target exists is a question to the design (rules.ts); what a fault does
 * to a run is the engine's.
 */
import * as z from 'zod/mini';
import { err, ok, type Result } from '../base/result.ts';
import { nearestWord } from '../base/nearest.ts';
import { parseDuration, printDuration } from '../base/units.ts';
import type { Design, Fault, FaultKind } from './design.ts';
import type { Leaf, Trouble } from './leaf.ts';
import { LEAVES } from './leaves.ts';
import { LIMITS } from './limits.ts';
import type { TargetClass } from './nodes.ts';
import { DURATION, within } from './quantities.ts';
import { FAULT_PARTS, faultSchema } from './schema.ts';

export type FaultParameter = 'factor' | 'by' | 'share';

export interface FaultKindInfo {
  readonly label: string;
  /** What it does, in one line. */
  readonly help: string;
  readonly targets: readonly TargetClass[];
  /** Its parameter's key, and the text that a new fault starts with. */
  readonly parameter?: { readonly key: FaultParameter; readonly label: string; readonly start: string };
  /** Whether it stays for a while; if not it happens at one instant and has no `for`. */
  readonly lasts: boolean;
}

const HOSTS = ['app', 'cache', 'replica', 'leader', 'zone'] as const;

export const FAULT_KINDS: Readonly<Record<FaultKind, FaultKindInfo>> = {
  slow: {
    label: 'slow',
    help: 'Multiplies the service times of what starts meanwhile. The node is alive to everyone.',
    targets: HOSTS,
    parameter: { key: 'factor', label: 'factor', start: '20' },
    lasts: true,
  },
  delay: {
    label: 'delay',
    help: 'Adds a delay to every message that a node receives or sends, or that travels a link.',
    targets: [...HOSTS, 'link'],
    parameter: { key: 'by', label: 'by', start: '200ms' },
    lasts: true,
  },
  crash: {
    label: 'crash',
    help: 'The host is gone: its messages and its memory are lost, its disk is kept.',
    targets: HOSTS,
    lasts: true,
  },
  destroy: {
    label: 'destroy',
    help: 'The host is gone and its disk with it; a new one comes in its place.',
    targets: HOSTS,
    lasts: true,
  },
  pause: {
    label: 'pause',
    help: 'Stops, then goes on as it was: what it was working on and what it was sent come out late.',
    targets: HOSTS,
    lasts: true,
  },
  partition: {
    label: 'partition',
    help: 'Cuts a link, a node from all others, or a zone from the rest: messages are lost.',
    targets: [...HOSTS, 'link'],
    lasts: true,
  },
  drop: {
    label: 'drop',
    help: 'Loses a share of the messages that a node receives or sends, or that travel a link.',
    targets: [...HOSTS, 'link'],
    parameter: { key: 'share', label: 'share', start: '1%' },
    lasts: true,
  },
  flush: {
    label: 'flush',
    help: 'Empties a cache node at one instant.',
    targets: ['cache'],
    lasts: false,
  },
  surge: {
    label: 'surge',
    help: 'Multiplies the rates of the workload.',
    targets: ['workload'],
    parameter: { key: 'factor', label: 'factor', start: '2' },
    lasts: true,
  },
  hotkey: {
    label: 'hot key',
    help: 'Sends a share of all traffic to one key, the most popular one.',
    targets: ['workload'],
    parameter: { key: 'share', label: 'share', start: '20%' },
    lasts: true,
  },
};

/** The kinds of fault that can be aimed at something of this class. */
export function faultKindsFor(what: TargetClass): readonly FaultKind[] {
  return Object.keys(FAULT_KINDS)
    .filter(isFaultKind)
    .filter((kind) => FAULT_KINDS[kind].targets.includes(what));
}

/** What is wrong with one part of a fault. */
export interface FaultTrouble extends Trouble {
  /** `target`, `kind`, `at`, `for`, `factor`, `by` or `share`, or a link's `end`; `fault` when it is none of them. */
  readonly part: string;
  readonly value: string;
  readonly allowed: string;
}

/** The texts of a fault's parts, by their keys. */
export type FaultTexts = ReadonlyMap<string, string>;

/** How a link writes a fault, with an example. */
export const FAULT_FORM = 'TARGET:KIND[:PARAMETER]@FROM[-TO], such as cache-1:slow:20@10s-18s';

/** How a link writes a fault of one kind. */
function formOf(kind: string, { parameter, lasts }: FaultKindInfo): string {
  return `TARGET:${kind}${parameter === undefined ? '' : `:${parameter.key.toUpperCase()}`}@FROM${lasts ? '[-TO]' : ''}`;
}

/** A fault from the texts of its parts, as a document has them. Does not ask whether the target exists. */
export function faultOf(texts: FaultTexts): Result<Fault, FaultTrouble> {
  const kind = texts.get('kind') ?? '';
  if (!isFaultKind(kind)) {
    const kinds = Object.keys(FAULT_KINDS);
    return trouble(
      'kind',
      kind,
      kind === '' ? 'is missing' : 'is not known',
      `one of ${kinds.join(', ')}`,
      nearestWord(kind, kinds),
    );
  }
  const { parameter, lasts } = FAULT_KINDS[kind];
  const needed = ['target', 'at', ...(parameter === undefined ? [] : [parameter.key])];
  const known = ['kind', ...needed, ...(lasts ? ['for'] : [])];
  for (const [part, value] of texts)
    if (!known.includes(part))
      return trouble(
        part,
        value,
        `does not belong to ${kind}`,
        known.join(', '),
        likelyPart(part, kind, known),
      );
  for (const part of needed)
    if (!texts.has(part))
      return trouble(part, '', 'is missing', allowedPart(part) ?? 'the name of a node or a link');
  for (const [part, value] of texts) {
    const read = leafOfPart(part)?.read(value);
    if (read?.ok === false)
      return trouble(part, value, read.error.message, allowedPart(part) ?? '', read.error.nearest);
  }
  const fault = z.safeParse(faultSchema, Object.fromEntries(texts));
  return fault.success ? ok(fault.data) : trouble('fault', '', 'is not a fault', FAULT_FORM);
}

/** What was meant by a part that a kind has not: in place of another kind's parameter its own, if it has one. */
function likelyPart(part: string, kind: FaultKind, known: readonly string[]): string | undefined {
  const isOfOthers = Object.values(FAULT_KINDS).some(({ parameter }) => parameter?.key === part);
  return isOfOthers ? FAULT_KINDS[kind].parameter?.key : nearestWord(part, known);
}

/** An end may be past every run, as a length may. */
const FAULT_END = within(DURATION, 1, 2 * LIMITS.duration);

/** A fault from its text in a link. Its end is an instant, `@10s-18s`, or a length, `@10s+8s`. */
export function parseFault(text: string): Result<Fault, FaultTrouble> {
  const at = text.lastIndexOf('@');
  const [target = '', kind = '', parameter, ...more] = text.slice(0, Math.max(at, 0)).split(':');
  if (at < 0 || kind === '' || more.length > 0) return trouble('fault', text, 'is not a fault', FAULT_FORM);
  const [from, sign, end] = splitSpan(text.slice(at + 1));
  const info = isFaultKind(kind) ? FAULT_KINDS[kind] : undefined;
  if (parameter !== undefined && info !== undefined && info.parameter === undefined)
    return trouble('parameter', parameter, `does not belong to ${kind}`, formOf(kind, info));
  if (sign !== undefined && info?.lasts === false)
    return trouble(sign === '+' ? 'for' : 'end', end, `does not belong to ${kind}`, formOf(kind, info));
  const texts = new Map([
    ['target', target],
    ['kind', kind],
  ]);
  if (parameter !== undefined) texts.set(info?.parameter?.key ?? 'parameter', parameter);
  texts.set('at', from);
  if (sign === '+') texts.set('for', end);
  if (sign === '-') {
    const [begins, ends] = [z.safeParse(FAULT_PARTS.at, from), parseDuration(end)];
    if (!ends.ok) {
      const read = FAULT_END.read(end);
      return trouble(
        'end',
        end,
        ends.error,
        'an instant such as 18s',
        read.ok ? undefined : read.error.nearest,
      );
    }
    if (begins.success && ends.value <= begins.data)
      return trouble('end', end, 'is not after its beginning', `an instant after ${from}`);
    if (begins.success) texts.set('for', printDuration(ends.value - begins.data));
  }
  return faultOf(texts);
}

/** `10s-18s` as its beginning, its sign and what stands behind that. */
function splitSpan(text: string): readonly [from: string, sign: string | undefined, end: string] {
  // A sign that nothing stands before is the beginning's own.
  const [from = '', sign, end = ''] = text.split(/(?<=.)([-+])(.*)/s);
  return [from, sign, end];
}

/** Which of the parts between colons is whose. */
const PLACES: ReadonlyMap<string, number> = new Map([
  ['target', 0],
  ['kind', 1],
  ...(['factor', 'by', 'share'] as const).map((parameter) => [parameter, 2] as const),
]);

/** A fault's text in a link with one of its parts put right; undefined where it has no such part. */
export function mendFault(text: string, part: string, right: string): string | undefined {
  const at = text.lastIndexOf('@');
  const parts = text.slice(0, Math.max(at, 0)).split(':');
  const [from, sign, end] = splitSpan(text.slice(at + 1));
  const place = PLACES.get(part);
  if (place !== undefined)
    return place < parts.length ? parts.with(place, right).join(':') + text.slice(at) : undefined;
  if (part === 'at') return `${parts.join(':')}@${right}${sign ?? ''}${end}`;
  if (part === 'end') return `${parts.join(':')}@${from}-${right}`;
  const [begins, length] = [parseDuration(from), parseDuration(right)];
  if (part !== 'for' || !begins.ok || !length.ok) return undefined;
  return `${parts.join(':')}@${from}${sign === '+' ? `+${right}` : `-${printDuration(begins.value + length.value)}`}`;
}

/** Such a fault is legal and kept; only what is still under way when the run is over can meet it. */
export function beginsAfterEnd({ at }: Fault, { duration }: Pick<Design, 'duration'>): boolean {
  return at >= duration;
}

/** The one text of a fault in a link; with `length`, the text that has its length in place of its end. */
export function printFault(fault: Fault, end: 'instant' | 'length' = 'instant'): string {
  const texts = textsOfFault(fault);
  const parameter = FAULT_KINDS[fault.kind].parameter;
  const value = parameter === undefined ? '' : `:${texts.get(parameter.key) ?? ''}`;
  return `${fault.target}:${fault.kind}${value}@${printDuration(fault.at)}${printEnd(fault, end)}`;
}

function printEnd(fault: Fault, end: 'instant' | 'length'): string {
  if (fault.for === undefined) return '';
  return end === 'length' ? `+${printDuration(fault.for)}` : `-${printDuration(fault.at + fault.for)}`;
}

/** The texts of a fault's parts, in the order in which a document gives them. */
export function textsOfFault(fault: Fault): FaultTexts {
  const encoded = Object.entries(z.encode(faultSchema, { ...fault }));
  const order = ['at', 'for', 'target', 'kind', 'factor', 'by', 'share'];
  return new Map(
    encoded
      .map(([key, value]) => [key, String(value)] as const)
      .sort(([a], [b]) => order.indexOf(a) - order.indexOf(b)),
  );
}

/** Whether a text names a kind of fault. */
export function isFaultKind(text: string): text is FaultKind {
  return Object.hasOwn(FAULT_KINDS, text);
}

function leafOfPart(part: string): Leaf | undefined {
  return isPart(part) ? LEAVES.get(FAULT_PARTS[part]) : undefined;
}

/** What may stand at a part of a fault that has a unit or limits, in words. */
export function allowedPart(part: string): string | undefined {
  return leafOfPart(part)?.allowed;
}

function isPart(part: string): part is keyof typeof FAULT_PARTS {
  return Object.hasOwn(FAULT_PARTS, part);
}

function trouble(
  part: string,
  value: string,
  message: string,
  allowed: string,
  nearest?: string,
): { readonly ok: false; readonly error: FaultTrouble } {
  return err({ part, value, message, allowed, ...(nearest === undefined ? {} : { nearest }) });
}
