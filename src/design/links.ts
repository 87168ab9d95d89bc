/**
 * Links: a preset and the differences from it, readable and editable by hand, `/write-through?cache.ttl=3s&at=12.34s`.
 * Canonical: equal designs give equal links. What cannot be read is said key by key and the rest is kept. Knows no
 * address bar; it is handed a text and gives one back.
 *
 * A link of several designs is the first one's with the others' at its end: what it is compared with behind `vs=`, the
 * ghost of its charts behind `ghost=`, `/write-through?cache.ttl=3s&vs=look-aside&ghost=db-only`. All that follows is of
 * that design, until the next or the view; no value holds an `&`, so that each is found without counting.
 */
import { likelyWord } from '../base/nearest.ts';
import { seedDesign, type Design } from './design.ts';
import { printFault } from './faults.ts';
import { ALL_KEYS, unknownKey } from './keyNames.ts';
import { allowedAt, applyEntries, differences, entriesOfLists, type Entry, type Reading } from './keys.ts';
import { LIMITS } from './limits.ts';
import { fragmentOf, linkMeantBy, linkMeantByQuery } from './linkAddress.ts';
import { endSafely, readValue, unescape, writeValue } from './linkText.ts';
import { keptWithin, pairsOfView, readView, VIEW_KEYS, type LinkView } from './linkView.ts';
import { PRESETS, presetByName, presetOf, type Preset } from './presets.ts';
import { problem, type Problem } from './problem.ts';
import { squeeze, unsqueeze } from './squeeze.ts';

/** The designs that a link holds beside its own; what is wrong with one of them is among the link's problems. */
export interface Beside {
  /** What the first one is compared with. */
  readonly versus?: Design | undefined;
  /** Whose run the charts draw behind the first one's. */
  readonly ghost?: Design | undefined;
}

export interface LinkReading extends Reading, Beside {
  readonly view: LinkView;
}

/** The first part of a link whose settings are compressed, in place of a preset. */
const SQUEEZED = 'z';
/** Keys that stand behind the settings, so that these can be read at a glance. */
const LONG_TEXTS: readonly string[] = ['remark', 'title', 'notes'];
/** Keys that may be given more than once. */
export const REPEATED: readonly string[] = ['fault', 'remark'];
/** What stands before each of the others, in the order in which they are written. */
const JOINTS = [
  ['vs', 'versus'],
  ['ghost', 'ghost'],
] as const satisfies readonly (readonly [string, keyof Beside])[];
const JOINT = new RegExp(`[?&](${JOINTS.map(([key]) => key).join('|')})=`);
/** Keys that a link can have and a design has not. */
export const KEYS_OF_LINKS: readonly string[] = [...VIEW_KEYS, ...JOINTS.map(([key]) => key)];
/** Any of them may be what a key that is none was meant to be. */
const ALL_OF_LINKS: readonly string[] = [...ALL_KEYS, ...VIEW_KEYS];
const LINK_FORM = '/PRESET?KEY=VALUE&KEY=VALUE';
const ADDRESS_FORM = `ADDRESS#${LINK_FORM}`;
const BESIDE_FORM = 'a second PRESET?KEY=VALUE&KEY=VALUE';

/** The fragment of a design, of those beside it, and of a view of them, without the `#`. */
export function writeLink(design: Design, view: LinkView = {}, beside: Beside = {}): string {
  const others = JOINTS.flatMap(([key, of]) => {
    const other = beside[of];
    return other === undefined ? [] : [{ key, other }];
  });
  let link = unsafeLink(design, others.length === 0 ? view : {});
  others.forEach(({ key, other }, i) => {
    const isLast = i === others.length - 1;
    link += `${link.includes('?') ? '&' : '?'}${key}=${unsafeLink(other, isLast ? view : {}).slice(1)}`;
  });
  return endSafely(link);
}

/** The links of one design to many views: what of them is the design's is written once. */
export function linksOf(design: Design): (view: LinkView) => string {
  const link = unsafeLinks(design);
  return (view) => endSafely(link(view));
}

function unsafeLink(design: Design, view: LinkView): string {
  return unsafeLinks(design)(view);
}

/** Links that may end in punctuation. */
function unsafeLinks(design: Design): (view: LinkView) => string {
  const preset = presetOf(design);
  const entries = [...differences(design, preset.design), ...entriesOfLists(design)];
  const isLong = ({ key }: Entry) => LONG_TEXTS.includes(key);
  const settings = entries.filter((entry) => !isLong(entry)).map(pairOf);
  const texts = LONG_TEXTS.flatMap((key) => entries.filter((entry) => entry.key === key)).map(pairOf);
  const plain = settings.join('&');
  const squeezed =
    plain.length > LIMITS.plainLink ? squeeze(`${preset.name}?${compact(design, entries)}`) : undefined;
  const [path, pairs] =
    squeezed !== undefined && squeezed.length < plain.length
      ? [`${SQUEEZED}/${squeezed}`, texts]
      : [preset.name, [...settings, ...texts]];
  return (view) => joinLink(path, [...pairs, ...pairsOfView(view)]);
}

/** The settings as they are compressed: lengths hold fewer digits than the instants at which faults end. */
function compact(design: Design, entries: readonly Entry[]): string {
  const others = entries.filter(({ key }) => key !== 'fault' && !LONG_TEXTS.includes(key));
  const faults = design.faults.map((fault) => ({ key: 'fault', text: printFault(fault, 'length') }));
  return [...others, ...faults].map(pairOf).join('&');
}

function joinLink(path: string, pairs: readonly string[]): string {
  return pairs.length === 0 ? `/${path}` : `/${path}?${pairs.join('&')}`;
}

function pairOf({ key, text }: Entry): string {
  return `${key}=${writeValue(text)}`;
}

/** A design from a link: a whole address, or its fragment with or without `#` and `/`. An empty one is the seed's. */
export function readLink(text: string): LinkReading {
  const { length } = text;
  if (length > LIMITS.linkText)
    return nothingRead(problem('link', text, `has ${length} characters`, `at most ${LIMITS.linkText}`));
  const address = text.trim();
  const meant = linkMeantBy(address);
  if (meant !== undefined)
    return nothingRead(problem('link', address, 'has settings and no # before them', ADDRESS_FORM, meant));
  const [own = '', ...joined] = fragmentOf(address).split(JOINT);
  let reading = readOne(own);
  for (let i = 0; i < joined.length; i += 2)
    reading = withOther(reading, joined[i] ?? '', joined[i + 1] ?? '');
  const problems = [...reading.problems];
  return { ...reading, view: keptWithin(reading.view, reading.design, problems), problems };
}

function nothingRead(trouble: Problem): LinkReading {
  return { design: seedDesign, view: {}, problems: [trouble] };
}

/** A reading with one more design, from the part of a fragment behind its joint. */
function withOther(reading: LinkReading, key: string, part: string): LinkReading {
  const of = JOINTS.find(([joint]) => joint === key)?.[1];
  const refused = (message: string, allowed: string): LinkReading => ({
    ...reading,
    problems: [...reading.problems, problem(key, part, message, allowed)],
  });
  if (part === '' || part.startsWith('&')) return refused('has no value', BESIDE_FORM);
  if (of === undefined || reading[of] !== undefined)
    return refused('is given twice', 'each key once; the first one counts');
  const { design, view, problems } = readOne(part);
  return {
    ...reading,
    [of]: design,
    view: { ...reading.view, ...view },
    // Mended with one press is what is open, and that is the first design.
    problems: [
      ...reading.problems,
      ...problems.map((each) =>
        KEYS_OF_LINKS.includes(each.key)
          ? each
          : problem(`${key} ${each.key}`, each.value, each.message, each.allowed),
      ),
    ],
  };
}

/** One design, from its part of a fragment, and a view of whatever is open. */
function readOne(fragment: string): LinkReading {
  const [path, query] = splitOnce(fragment.replace(/^[#/]+/, ''), '?');
  const problems: Problem[] = [];
  const [first, data] = splitOnce(path, '/');
  let [name, settings] = [first, ''];
  if (first === SQUEEZED && data !== '') {
    const plain = unsqueeze(unescape(data));
    if (plain === undefined || plain === '')
      problems.push(problem('link', path, 'cannot be decompressed', LINK_FORM));
    [name, settings] = splitOnce(plain ?? '', '?');
  } else if (data !== '')
    problems.push(problem('link', path, 'is no preset', LINK_FORM, linkMeantByQuery(unescape(path))));
  const preset = readPreset(name, problems);
  const { entries, view } = readPairs([settings, query].join('&').split('&'), problems);
  const reading = applyEntries(preset.design, entries);
  return { design: reading.design, view, problems: [...problems, ...reading.problems] };
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

function readPreset(given: string, problems: Problem[]): Preset {
  const name = unescape(given).replace(/\/$/, '');
  const preset = presetByName(name === '' ? seedDesign.policy : name);
  if (preset !== undefined) return preset;
  const known = PRESETS.map((entry) => entry.name);
  const nearest = linkMeantByQuery(name) ?? likelyWord(name, known);
  problems.push(problem('preset', name, 'is no preset', `one of ${known.join(', ')}`, nearest));
  return presetOf(seedDesign);
}

function readPairs(pairs: readonly string[], problems: Problem[]): { entries: Entry[]; view: LinkView } {
  const entries: Entry[] = [];
  const seen = new Set<string>();
  let view: LinkView = {};
  const given = pairs.filter((pair) => pair !== '');
  if (given.length > LIMITS.entries)
    problems.push(problem('link', `${given.length} keys`, 'has too many keys', `at most ${LIMITS.entries}`));
  for (const pair of given.slice(0, LIMITS.entries)) {
    const [rawKey, raw] = splitOnce(pair, '=');
    const key = unescape(rawKey);
    const text = readValue(raw);
    if (text === undefined) problems.push(problem(key, raw, 'cannot be decompressed', 'a text'));
    else if (!pair.includes('=')) problems.push(problem(key, '', 'has no value', 'KEY=VALUE'));
    else if (seen.has(key) && !REPEATED.includes(key))
      problems.push(problem(key, text, 'is given twice', 'each key once; the first one counts'));
    else if (VIEW_KEYS.includes(key)) view = { ...view, ...readView(key, text, problems) };
    else if (allowedAt(key) !== undefined || REPEATED.includes(key)) entries.push({ key, text });
    else problems.push({ ...unknownKey(key, text, ALL_OF_LINKS), message: 'is no key of a link' });
    seen.add(key);
  }
  return { entries, view };
}

/** A link of which nothing could be kept says nothing of a design: whoever opens it keeps what is open. */
export function isUnreadable({ design, problems }: Reading): boolean {
  return problems.some(({ key }) => key === 'link' || key === 'preset') && sameDesign(design, seedDesign);
}

/** Equal designs print equal links, so that equal links are the cheapest test. */
export function sameDesign(a: Design, b: Design): boolean {
  return a === b || writeLink(a) === writeLink(b);
}
