/**
 * The log of a story: what happened to the operations that matter, one numbered line each, in plain words. Lines keep
 * the instant that they speak of, so that the cursor can go there. Nothing is left out silently: what is not told is of
 * other operations.
 */
import { OPERATION_ENDINGS, type Ending } from '../../design/readings.ts';
import type { Happening, KeyHistory, Message, Violation } from './history.ts';
import { stepBefore, stepOf } from './steps.ts';
import type { Tale } from './tale.ts';
import type { Wording } from './words.ts';

export interface LogLine {
  /** Microseconds. */
  readonly time: number;
  readonly operation: number;
  /** Where it happened. */
  readonly node: number;
  readonly words: string;
  /** The moment of the violation itself. */
  readonly harm: boolean;
  /** The step of the policy's table that did it, by number; undefined where none did. */
  readonly step: number | undefined;
}

/** The tale in lines of plain words, in the order in which things happened. */
export function logOf({ history, operations, harm, until }: Tale, wording: Wording): readonly LogLine[] {
  const lines: LogLine[] = [];
  // Copies between replicas are in the picture; in words their queues would drown the rest.
  const copies = new Set(
    history.messages
      .filter(({ kind }) => kind === 'replicate' || kind === 'commitNotice')
      .map(({ call }) => call),
  );
  for (const happening of history.happenings) {
    const { time, operation, node } = happening;
    if (!operations.includes(operation) || copies.has(happening.call) || time > until) continue;
    if (happening.type === 'expose' && !tells(history, happening)) continue;
    const words = wordsOf(happening, history, wording);
    if (words === undefined) continue;
    lines.push({
      time,
      operation,
      node,
      words,
      harm: harm !== undefined && isHarm(happening, harm),
      step: stepBefore(history, happening)?.extra,
    });
  }
  for (const message of history.messages) {
    const { sentAt: time, operation, from: node } = message;
    if (!operations.includes(operation) || time > until) continue;
    const words = wordsOfMessage(message, history, wording);
    if (words !== undefined)
      lines.push({ time, operation, node, words, harm: false, step: stepOf(history, message) });
  }
  return lines.sort((a, b) => a.time - b.time);
}

/** A replica that shows a version later than the leader: of the leader the commit says it. */
function tells({ happenings }: KeyHistory, { place }: Happening): boolean {
  return happenings[place - 1]?.type !== 'commit';
}

/** Waits that are worth a line, microseconds. */
const LONG_WAIT_US = 1_000;

function isHarm({ type, time, operation }: Happening, harm: Violation): boolean {
  if (time !== harm.time || operation !== harm.operation) return false;
  return type === (harm.kind === 'storeRegression' ? 'commit' : 'endOperation');
}

const ENDING_WORDS: Readonly<Record<Ending, string>> = {
  ok: 'is told: ok',
  failed: 'is told that it failed',
  unknown: 'stops waiting; what became of it is unknown',
};

function wordsOf(
  { type, node, version, extra, operation, call, time }: Happening,
  history: KeyHistory,
  { name, span }: Wording,
): string | undefined {
  const { happenings } = history;
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
      const ending = OPERATION_ENDINGS[extra] ?? 'unknown';
      return read && ending === 'ok' ? `${who} gets ${v}` : `${who} ${ENDING_WORDS[ending]}`;
    }
    case 'enqueue':
      return extra > 1 ? `${carriedBy(call, history)} joins the queue of ${at}, ${extra} long` : undefined;
    case 'startService': {
      const queued = happenings.find((each) => each.type === 'enqueue' && each.call === call);
      const waited = queued === undefined ? 0 : time - queued.time;
      return waited >= LONG_WAIT_US
        ? `${at} takes ${carriedBy(call, history)} up after ${span(waited)} in the queue`
        : undefined;
    }
    case 'timeout':
      return `${node === 0 ? 'its client' : at} stops waiting; ${call === 0 ? 'what it waits for is lost' : 'the message lives on'}`;
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

/** What a call is about: several of one operation may stand in the same queue. */
function carriedBy(call: number, { messages }: KeyHistory): string {
  const message = messages.find((each) => each.call === call && !each.answer);
  switch (message?.kind) {
    case 'put':
      return `v${message.version}`;
    case 'get':
      return 'the read';
    case 'invalidate':
      return 'the invalidation';
    case 'fill':
      return 'the fill';
    default:
      return 'it';
  }
}

function wordsOfMessage(
  { kind, answer, from, to, version, givenUp, lost }: Message,
  { nodes }: KeyHistory,
  { name }: Wording,
): string | undefined {
  if (answer) return undefined;
  const [sender, receiver] = [name(from), name(to)];
  const way = `${sender} ${lost ? 'loses on the way to' : 'sends to'} ${receiver}`;
  if (kind === 'invalidate') return `${way}: drop the entry`;
  if (kind === 'fill') return `${way}: fill with v${version}`;
  if (nodes[to]?.tier !== 'store')
    return lost ? `${way}: ${kind === 'put' ? `v${version}` : 'a read'}` : undefined;
  if (kind === 'put') return `${way}: v${version}${givenUp ? ', although its app gave up on it' : ''}`;
  if (kind === 'get') return lost ? `${way}: a read` : `${sender} asks ${receiver}`;
  return undefined;
}
