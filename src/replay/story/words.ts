/** What was broken, in words, and what all words of a story have in common. Why it was, `causeWords.ts` says. */
import type { RemedyName } from '../../design/remedies.ts';
import type { KeyHistory, Violation } from './history.ts';

export interface Explanation {
  readonly headline: string;
  readonly sentence: string;
  readonly remedies: readonly RemedyName[];
}

/** How the words name things and write spans of time. */
export interface Wording {
  readonly name: (node: number) => string;
  /** From microseconds. */
  readonly span: (us: number) => string;
}

/** Words for the nodes of a history; `span` prints a length of time, given in microseconds, if there is any. */
export function wordingOf({ nodes }: Pick<KeyHistory, 'nodes'>, span: (us: number) => string): Wording {
  return {
    name: (node) => nodes[node]?.name ?? 'a node',
    span: (us) => (us === 0 ? 'an instant' : span(us)),
  };
}

/**
 * `s-417 read v41 after its own v42 was acknowledged`: what was broken, whoever did it. Numbers follow the order in which
 * PUTs began, and commits need not: where the older of two versions has the higher number, its title says what makes it
 * the older one.
 */
export function titleOf(
  { kind, session, version, expected, extra }: Violation,
  { span }: Pick<Wording, 'span'>,
): string {
  const who = `s-${session}`;
  const why = version > expected ? `: v${version} was committed first` : '';
  switch (kind) {
    case 'readYourWrites':
      return `${who} read v${version} after its own v${expected} was acknowledged${why}`;
    case 'monotonicReads':
      return `${who} read v${version} after it had read v${expected}${why}`;
    case 'staleRead':
      return `${who} read v${version}, out of date for ${span(extra)}`;
    case 'dirtyRead':
      return `${who} read v${version} when it was not committed yet`;
    case 'phantomRead':
      return `${who} read v${version}, which was never committed`;
    case 'lostAckedWrite':
      return `v${version} of ${who} was lost although it was acknowledged`;
    case 'storeRegression':
      return `The store went back from v${expected} to v${version}${why}`;
  }
}
