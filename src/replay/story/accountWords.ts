/** The account of one operation in words: a title, and the one thing that is worth saying of it. Nothing is worked out here. */
import { capital } from '../../base/words.ts';
import { PARTS, type Account, type Part } from './account.ts';
import type { Explanation, Wording } from './words.ts';

/** `s-417 wrote v42`. */
export function titleOfAccount({ kind, session, version, ending }: Account): string {
  const who = `s-${session}`;
  if (kind === 'put') return `${who} wrote v${version}`;
  if (version >= 0) return `${who} read v${version}`;
  return ending === undefined ? `${who} reads the key` : `${who} read the key and got no answer`;
}

/** One line for each part of an operation's time. */
export const PART_WORDS: Readonly<Record<Part, { readonly label: string; readonly help: string }>> = {
  network: { label: 'on links', help: 'Its messages were on their way between nodes.' },
  queue: { label: 'in queues', help: 'It stood in the queue of a node, behind others.' },
  service: { label: 'in service', help: 'A server of a node worked on it.' },
  replication: {
    label: 'waiting for copies',
    help: 'The leader waited until enough replicas had it on their disks.',
  },
  idle: {
    label: 'waiting in vain',
    help: 'Nothing of it was under way: it waited for a timeout, a backoff or another one’s load.',
  },
};

/** The parts of its time that there were, the longest first. */
export function partsInOrder({ parts }: Account): readonly Part[] {
  return PARTS.filter((part) => parts[part] > 0).sort((a, b) => parts[b] - parts[a]);
}

/** What an operation did and where its time went, in words. */
export function explainAccount(account: Account, { name, span }: Wording): Explanation {
  const { point, kind, version, startedAt, endedAt, parts } = account;
  const what = kind === 'put' ? `v${version}` : 'The read';
  const whole = endedAt === undefined ? undefined : endedAt - startedAt;
  switch (point.kind) {
    case 'surfaced':
      return {
        headline: `${what} was committed ${span(point.committedAt - point.gaveUpAt)} after its client had given up on it.`,
        sentence: 'To its client its fate is unknown. The store has it all the same.',
        remedies: ['patientClient'],
      };
    case 'lost':
      return {
        headline: `A message of it was lost at ${name(point.node)}, ${span(point.at - startedAt)} after it began.`,
        sentence: 'Nobody sends it again: its client waits until it gives up.',
        remedies: ['shorterFailover'],
      };
    case 'toldNo':
      return point.cache === undefined
        ? {
            headline: `It was refused, and its client was told so ${span(point.at - startedAt)} after it began.`,
            sentence: 'A replica that does not lead takes no writes.',
            remedies: ['shorterFailover'],
          }
        : {
            headline: `Its app gave up on ${name(point.cache)}, and told its client so ${span(point.at - startedAt)} after it began.`,
            sentence: 'Nobody tried another way. What had been sent lives on in the queue.',
            remedies: ['invalidateToo', 'noTimeout'],
          };
    case 'unanswered':
      return {
        headline: `Its client gave up after ${span(point.gaveUpAt - startedAt)}, and it was still alive.`,
        sentence: `Of that, ${longestOf(account, span)}.`,
        remedies: ['patientClient'],
      };
    case 'fallback':
      return {
        headline: `Its app gave up on ${name(point.cache)} and went to the store instead.`,
        sentence: `It gave up ${span(point.gaveUpAt - startedAt)} after the beginning${whole === undefined ? '' : `; all of it took ${span(whole)}`}. What it had sent lives on in the queue.`,
        remedies: [],
      };
    case 'stampede':
      return {
        headline: `It missed at ${name(point.cache)}, and ${point.loads} loads of the same key were under way at once.`,
        sentence: 'Whoever misses before the first fill asks the store again.',
        remedies: ['singleFlight'],
      };
    case 'queued':
      return {
        headline: `It waited ${span(point.waited)} in the queue of ${name(point.node)}, behind ${point.ahead === 1 ? 'one other' : `${point.ahead} others`}.`,
        sentence: whole === undefined ? 'It has not ended in this story.' : `All of it took ${span(whole)}.`,
        remedies: [],
      };
    case 'plain':
      return {
        headline:
          whole === undefined ? `${what} has not ended in this story.` : `${what} took ${span(whole)}.`,
        sentence: `${capital(longestOf(account, span))}${parts.queue === 0 ? '; it never had to queue' : ''}.`,
        remedies: [],
      };
  }
}

/** `1.20 ms on links, 900 µs in service`. */
function longestOf(account: Account, span: (us: number) => string): string {
  return partsInOrder(account)
    .slice(0, 2)
    .map((part) => `${span(account.parts[part])} ${PART_WORDS[part].label}`)
    .join(', ');
}
