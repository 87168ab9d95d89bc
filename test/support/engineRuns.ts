/** Runs for tests: a small, busy design; arbitrary small designs with faults; a run rendered and everything it said. */
import fc from 'fast-check';
import { assert } from '../../src/base/assert.ts';
import type { Design, Fault } from '../../src/design/design.ts';
import { faultOf, FAULT_KINDS, isFaultKind } from '../../src/design/faults.ts';
import { targetsOf } from '../../src/design/nodes.ts';
import { printDuration } from '../../src/base/units.ts';
import { dispatch } from '../../src/engine/actors/dispatch.ts';
import { passFaultInstant } from '../../src/engine/actors/health.ts';
import { HORIZON } from '../../src/engine/kernel/wheel.ts';
import { Run } from '../../src/engine/run.ts';
import { summarise } from '../../src/engine/summarise.ts';
import type { Summary } from '../../src/engine/summary.ts';
import { aDesign } from './designs.ts';
import { EVICTION_NAMES } from './evictionModels.ts';

/**
 * Few keys, few sessions, short lives and short patience: two seconds in which everything happens that otherwise
 * takes a minute.
 */
const SMALL: Readonly<Record<string, string>> = {
  duration: '2s',
  'workload.puts': '300/s',
  'workload.gets': '900/s',
  'workload.keys': '40',
  'workload.sessions': '6',
  'client.timeout': '200ms',
  'app.nodes': '2',
  'cache.ttl': '300ms',
  'store.failover': '150ms',
};

/** The small design, changed by the keys of a link. */
export function aSmallDesign(differences: Readonly<Record<string, string | readonly string[]>> = {}): Design {
  return aDesign({ ...SMALL, ...differences });
}

/** Two million messages a second, none of which arrives: 200,000 GETs with eleven attempts each. */
export function aCrowdedDesign(): Design {
  return aDesign({
    duration: '20s',
    policy: 'db-only',
    'workload.puts': '0/s',
    'workload.gets': '200000/s',
    'network.clientApp': 'const:10s',
    'client.timeout': '1ms',
    'client.retries': '10',
    'client.backoff': 'const:0s',
    'client.retryBudget': 'off',
  });
}

/** All that a run says of itself. */
export interface Rendering {
  readonly summary: Summary;
  readonly digest: string;
  readonly violations: Int32Array;
  readonly system: Float32Array;
  readonly nodes: Float32Array;
}

export function renderingOf(run: Run): Rendering {
  run.advance(HORIZON);
  const { system, nodes } = run.series();
  return {
    summary: summarise(run),
    digest: run.digest(),
    violations: run.violations(),
    system: system.slice(),
    nodes: nodes.slice(),
  };
}

export function render(design: Design): Rendering {
  return renderingOf(Run.start(design));
}

const ms = (least: number, most: number) =>
  fc.integer({ min: least, max: most }).map((n) => printDuration(n * 1000));

/** Faults that begin and mostly end within the design's duration, several often on the same place. */
export function smallFaults(design: Design, most: number): fc.Arbitrary<readonly Fault[]> {
  const end = design.duration / 1000;
  const targets = targetsOf(design);
  const one = fc
    .record({
      kind: fc.constantFrom(...Object.keys(FAULT_KINDS).filter(isFaultKind)),
      which: fc.nat(10_000),
      at: ms(0, Math.floor(end * 0.9)),
      length: fc.option(ms(1, Math.floor(end * 0.6)), { nil: undefined, freq: 8 }),
      factor: fc.constantFrom('0.5', '3', '20', '200'),
      by: ms(0, 80),
      share: fc.constantFrom('0%', '10%', '50%', '100%'),
    })
    .map(({ kind, which, at, length, factor, by, share }): Fault => {
      const { targets: classes, parameter, lasts } = FAULT_KINDS[kind];
      const fitting = targets.filter(({ what }) => classes.includes(what));
      const texts = new Map([
        ['kind', kind],
        ['target', fitting[which % fitting.length]?.name ?? ''],
        ['at', at],
      ]);
      if (lasts && length !== undefined) texts.set('for', length);
      // Two hundred times the load would only be slow to run.
      if (parameter?.key === 'factor')
        texts.set('factor', kind === 'surge' && factor === '200' ? '5' : factor);
      if (parameter?.key === 'by') texts.set('by', by);
      if (parameter?.key === 'share') texts.set('share', share);
      const fault = faultOf(texts);
      assert(fault.ok, `${[...texts].join(' ')} is a fault`);
      return fault.value;
    });
  return fc.array(one, { maxLength: most });
}

const choose = (...texts: string[]) => fc.constantFrom(...texts);

/** A small design of any supported policy and shape, without faults. */
export function healthySmallDesigns(duration = '400ms'): fc.Arbitrary<Design> {
  return fc
    .record({
      seed: fc.integer({ min: 0, max: 0xffff_ffff }).map(String),
      policy: choose(
        'write-through',
        'write-through',
        'write-through-aside',
        'look-aside',
        'refresh-ahead',
        'write-behind',
        'write-around',
        'db-only',
      ),
      'workload.keys': choose('1', '5', '20', '200'),
      'workload.sessions': choose('1', '3', '10'),
      'workload.skew': choose('0', '0.99', '2'),
      'workload.puts': choose('300/s', '1000/s'),
      'workload.gets': choose('500/s', '2000/s'),
      'workload.readBack': choose('0%', '50%', '100%'),
      'workload.readBackAfter': choose('0s', '1ms', '5ms'),
      'workload.arrivals': choose('poisson', 'poisson', 'even'),
      'client.timeout': choose('30ms', '200ms', '2s'),
      'client.retries': choose('0', '0', '1', '3'),
      'client.retryBudget': choose('10%', '100%', 'off'),
      'client.backoff': choose('const:0ms', 'exp:20ms'),
      'app.nodes': choose('1', '3'),
      'app.concurrency': choose('1', '64'),
      'cache.nodes': choose('1', '2'),
      'cache.ttl': choose('50ms', '400ms', 'off'),
      'cache.ttlJitter': choose('0%', '0%', '40%', '100%'),
      'cache.memory': choose('node', 'node', '1451B', '9KiB', '30KiB'),
      'cache.eviction': fc.constantFrom(...EVICTION_NAMES),
      'cache.concurrency': choose('1', '4'),
      'cache.order': choose('cache-first', 'store-first'),
      'cache.timeout': choose('1ms', '5ms', '20ms', 'off'),
      'cache.onTimeout': choose('db+invalidate', 'db', 'fail'),
      'cache.fencing': choose('none', 'version', 'lease'),
      'cache.singleFlight': choose('false', 'true'),
      'cache.flushDelay': choose('0s', '5ms', '60ms', '1s'),
      'cache.refreshAt': choose('0%', '20%', '80%'),
      'store.shards': choose('1', '2'),
      'store.shape': choose('1/1', '2/1', '2/2', '3/1', '3/2', '3/3', '5/3'),
      'store.readFrom': choose('replica', 'leader', 'quorum'),
      'store.mode': choose('leader', 'leader', 'leaderless'),
      'store.reads': choose('1', '2', '3'),
      'store.readRepair': choose('false', 'true'),
      'store.hintedHandoff': choose('false', 'true'),
      'store.legs': choose('off', 'off', 'exp:1ms', 'pareto:0.2ms:1.5'),
      'store.concurrency': choose('1', '8'),
      'store.failover': choose('0s', '20ms', '100ms'),
      zones: choose('1', '3'),
    })
    .map(({ 'store.shape': shape, 'store.reads': reads, 'store.legs': legs, ...texts }) => {
      const [rf = '', w = ''] = shape.split('/');
      const r = Number(reads) > Number(rf) ? rf : reads;
      const write = legs === 'off' ? {} : { 'store.legs.write': legs, 'store.legs.read': 'exp:0.5ms' };
      return aDesign({ duration, ...texts, ...write, 'store.rf': rf, 'store.w': w, 'store.r': r });
    });
}

/** The same with up to `most` faults of any supported kind. */
export function smallDesigns(most: number): fc.Arbitrary<Design> {
  return healthySmallDesigns().chain((design) =>
    smallFaults(design, most).map((faults) => ({ ...design, faults })),
  );
}

/** Lets what is alive at the end of a run go on up to `until`, faults included: nothing new arrives any more. */
export function goOn(run: Run, until: number): void {
  const { wheel, faults } = run.world;
  for (;;) {
    const fault = faults.instants[faults.passed]?.time ?? Infinity;
    while (wheel.take(Math.min(until, fault - 1))) dispatch(run.world);
    if (fault > until) return;
    if (fault > wheel.now) wheel.moveTo(fault);
    passFaultInstant(run.world);
  }
}
