/** What a story offers against a harm whose cause it has found: one of it at least leaves nothing of that harm. */
import { expect, it } from 'vitest';
import type { Design } from '../../src/design/design.ts';
import { designsOf } from '../../src/design/anomalies/anomaly.ts';
import { ANOMALIES } from '../../src/design/anomalies/table.ts';
import { applyEntries } from '../../src/design/keys.ts';
import type { ViolationKind } from '../../src/design/readings.ts';
import { applicable, type Remedy } from '../../src/design/remedies.ts';
import { renderToEnd } from '../../src/engine/render.ts';
import type { CauseKind } from '../../src/replay/story/findings.ts';
import { leftOf } from '../../src/replay/story/outcomes.ts';
import { explain } from '../../src/replay/story/causeWords.ts';
import { wordingOf } from '../../src/replay/story/words.ts';
import { aSmallDesign } from '../support/engineRuns.ts';
import { APART } from '../support/leaderless.ts';
import { Storyteller } from '../support/stories.ts';

const TRIES_AGAIN = {
  policy: 'db-only',
  'workload.keys': '5',
  'client.timeout': '10ms',
  'client.retries': '2',
  'client.retryBudget': 'off',
  'client.backoff': 'const:1ms',
  'network.appStore': 'exp:6ms',
};

/** The design of a named anomaly. */
function shown(key: string): Design {
  const anomaly = ANOMALIES.find((one) => one.key === key);
  if (anomaly === undefined) throw new Error(`no anomaly is called ${key}`);
  return designsOf(anomaly).shown;
}

it.each<[ViolationKind, CauseKind, Design]>([
  [
    'readYourWrites',
    'lateInvalidation',
    aSmallDesign({
      'cache.fencing': 'version',
      'cache.timeout': '10ms',
      fault: ['cache-1:delay:100ms@400ms-900ms', 'cache-2:delay:100ms@400ms-900ms'],
    }),
  ],
  ['readYourWrites', 'lostInvalidation', shown('lost-invalidation')],
  ['readYourWrites', 'missedWhileAway', shown('rejoining-node')],
  ['readYourWrites', 'twoOrders', shown('two-writers')],
  ['storeRegression', 'lateForward', shown('zombie')],
  ['storeRegression', 'writtenTwice', aSmallDesign(TRIES_AGAIN)],
  [
    'staleRead',
    'joinedLoad',
    aSmallDesign({
      duration: '500ms',
      policy: 'look-aside',
      'cache.fencing': 'lease',
      'cache.singleFlight': 'true',
      'cache.ttl': '5ms',
      'workload.keys': '5',
      'workload.skew': '0',
      'workload.gets': '3000/s',
      'workload.readBack': '0%',
      'store.readFrom': 'leader',
      'app.nodes': '1',
      'network.appStore': 'const:3ms',
    }),
  ],
  ['dirtyRead', 'servedPartial', aSmallDesign({ ...APART, 'store.w': '3' })],
])('of %s by %s', (kind, cause, design) => {
  const teller = new Storyteller(design);
  const violation = teller.violations.find((one) => one.kind === kind);
  if (violation === undefined) throw new Error(`${kind} does not happen`);
  const story = teller.open(violation);
  expect(story.cause.kind).toBe(cause);
  const wording = wordingOf(story.history, (us) => `${us} µs`);
  const { remedies } = explain(story.cause, story.violation, wording);
  const now = renderToEnd(design);
  const left = applicable(design, remedies).map(
    (remedy) => leftOf(kind, now, renderToEnd(remedied(design, remedy))).then,
  );
  expect(Math.min(...left)).toBe(0);
});

function remedied(design: Design, { key, text }: Remedy): Design {
  const { design: changed, problems } = applyEntries(design, [{ key, text: text(design) }]);
  expect(problems).toEqual([]);
  return changed;
}
