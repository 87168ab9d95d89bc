/**
 * The log of a story: what happened to the operations that matter, one numbered line each, in plain words. Lines keep
 * the instant that they speak of, so that the cursor can go there. Nothing is left out silently: what is not told is of
 * other operations.
 */
import { writerOf, type Happening, type KeyHistory, type Message, type Violation } from './history.ts';
import type { Cause } from './findings.ts';
import type { Wording } from './words.ts';

export interface LogLine {
  readonly time: number;
  readonly operation: number;
  /** Where it happened. */
  readonly node: number;
  readonly words: string;
  /** The moment of the violation itself. */
  readonly harm: boolean;
}

/** The operations that a story tells of: the one let down, and the writers and the filler that led to it. */
export function cast(history: KeyHistory, violation: Violation, cause: Cause): ReadonlySet<number> {
  const operations = new Set<number>([violation.operation]);
  for (const version of [violation.version, violation.expected]) {
    const writer = writerOf(history, version);
    if (writer !== undefined) operations.add(writer.operation);
  }
  if ('writer' in cause) operations.add(cause.writer);
  if ('filler' in cause) operations.add(cause.filler);
  return operations;
}

export function logOf(
  history: KeyHistory,
  violation: Violation,
  operations: ReadonlySet<number>,
  wording: Wording,
): readonly LogLine[] {
  const lines: LogLine[] = [];
  // Copies between replicas are in the picture; in words their queues would drown the rest.
  const copies = new Set(
    history.messages
      .filter(({ kind }) => kind === 'replicate' || kind === 'commitNotice')
      .map(({ call }) => call),
  );
  for (const happening of history.happenings) {
    if (!operations.has(happening.operation) || copies.has(happening.call)) continue;
    if (happening.type === 'expose' && !tells(history, happening)) continue;
    const words = wordsOf(happening, history, wording);
    if (words === undefined) continue;
    const { time, operation, node } = happening;
    const harm = time === violation.time && operation === violation.operation && isHarm(happening, violation);
    lines.push({ time, operation, node, words, harm });
  }
  for (const message of history.messages) {
    if (!operations.has(message.operation)) continue;
    const words = wordsOfMessage(message, wording);
    if (words !== undefined)
      lines.push({
        time: message.sentAt,
        operation: message.operation,
        node: message.from,
        words,
        harm: false,
      });
  }
  return lines.sort((a, b) => a.time - b.time);
}

/** A replica that shows a version later than the leader: of the leader the commit says it. */
function tells({ happenings }: KeyHistory, { place }: Happening): boolean {
  return happenings[place - 1]?.type !== 'commit';
}

/** Waits that are worth a line, microseconds. */
const LONG_WAIT_US = 1_000;

function isHarm({ type }: Happening, { kind }: Violation): boolean {
  return kind === 'storeRegression' ? type === 'commit' : type === 'endOperation';
}

const ENDINGS = ['is told: ok', 'is told that it failed', 'stops waiting; what became of it is unknown'];

function wordsOf(
  { type, node, version, extra, operation, call, time }: Happening,
  { happenings }: KeyHistory,
  { name, span }: Wording,
): string | undefined {
  const at = name(node);
  const v = `v${version}`;
  switch (type) {
    case 'startOperation':
      return version > 0 ? `s-${extra} writes ${v}` : `s-${extra} reads the key`;
    case 'endOperation': {
      const session = happenings.find(
        (each) => each.type === 'startOperation' && each.operation === operation,
      );
      const who = session === undefined ? 'the session' : `s-${session.extra}`;
      const read = session === undefined || session.version <= 0;
      return read && extra === 0 ? `${who} gets ${v}` : `${who} ${ENDINGS[extra] ?? ''}`;
    }
    case 'enqueue':
      return extra > 1 ? `it joins the queue of ${at}, ${extra} long` : undefined;
    case 'startService': {
      const queued = happenings.find((each) => each.type === 'enqueue' && each.call === call);
      const waited = queued === undefined ? 0 : time - queued.time;
      return waited >= LONG_WAIT_US ? `${at} takes it up after ${span(waited)} in the queue` : undefined;
    }
    case 'timeout':
      return `${at} stops waiting; the message lives on`;
    case 'hit':
      return `${at} has ${v}`;
    case 'miss':
      return `${at} has nothing of the key`;
    case 'apply':
      return `${at} holds ${v} now`;
    case 'remove':
      return `${at} drops the entry`;
    case 'refuse':
      return `${at} refuses ${v}: it knows a newer one`;
    case 'commit':
      return `${at} commits ${v}`;
    case 'expose':
      return `${at} answers reads with ${v} from now on`;
    case 'lose':
      return 'a message is lost';
    case 'elected':
      return `${at} is elected`;
    default:
      return undefined;
  }
}

function wordsOfMessage(
  { kind, answer, from, to, version, givenUp, lost }: Message,
  { name }: Wording,
): string | undefined {
  if (answer) return undefined;
  const way = `${name(from)} ${lost ? 'loses on the way to' : 'sends to'} ${name(to)}`;
  if (kind === 'invalidate') return `${way}: drop the entry`;
  if (kind === 'fill') return `${way}: fill with v${version}`;
  if (kind === 'put' && givenUp) return `${way}: v${version}, although its app gave up on it`;
  return undefined;
}
