/**
 * A run's cache nodes, told again from what they were sent: plain models of them are given the same services in the same
 * order, and every hit, fill, refusal, eviction and end is compared, and who asks the store.
 */
import { assert } from '../../src/base/assert.ts';
import type { Design } from '../../src/design/design.ts';
import { nodesOf } from '../../src/design/nodes.ts';
import {
  EVENT,
  EVENT_WIDTH,
  EVENTS,
  HOP,
  HOP_FLAGS,
  HOP_WIDTH,
  MESSAGES,
} from '../../src/design/readings.ts';
import { detailOf } from '../../src/engine/detail.ts';
import type { DetailReading } from '../../src/engine/readings.ts';
import { CacheNodeModel, type Deed } from './cacheNodeModel.ts';

export interface Replay {
  /** How often each thing happened at any cache node, and how often the models say who leads a load and who does not. */
  readonly counts: ReadonlyMap<string, number>;
  /** Where run and model differ. */
  readonly flaws: readonly string[];
}

/** What the run's messages say: which of them a call is, and what came from where. */
interface Heard {
  readonly kinds: Map<number, string>;
  /** By call: the version that its request carries. */
  readonly carried: Map<number, number>;
  /** By operation and cache node: what the store answered, and whether it was asked. */
  readonly answers: Map<string, number>;
  readonly asked: Set<string>;
  /** By key and version: when its PUT arrived at its app node, and of which operation it is. */
  readonly arrivals: Map<string, readonly [time: number, operation: number]>;
}

const DEEDS: ReadonlySet<string> = new Set(['hit', 'miss', 'apply', 'evict', 'refuse', 'remove', 'bury']);

export function replay(design: Design): Replay {
  const whole = { from: 0, to: design.duration + 10_000_000, sample: 'all', focus: [], key: -1 } as const;
  const detail = detailOf(design, undefined, whole);
  assert(detail.ok && !detail.value.truncated, 'all of the run is told');
  const caches = new Set(nodesOf(design).flatMap(({ tier }, id) => (tier === 'cache' ? [id] : [])));
  const heard = heardIn(detail.value, caches);
  const isOlder = (key: number, version: number, than: number): boolean => {
    if (version === than || than === 0) return false;
    const one = heard.arrivals.get(`${key}:${version}`) ?? [-1, 0];
    const other = heard.arrivals.get(`${key}:${than}`) ?? [-1, 0];
    return one[0] < other[0] || (one[0] === other[0] && one[1] < other[1]);
  };
  const models = new Map([...caches].map((id) => [id, new CacheNodeModel(design, isOlder)]));
  const flushes = design.faults.filter(({ kind }) => kind === 'flush');
  const served = new Map<number, number>();
  const leases = new Map<number, number>();
  const counts = new Map<string, number>();
  const flaws: string[] = [];
  let expected: Deed[] = [];
  const check = (fits: boolean, time: number, what: string): void => {
    if (!fits) flaws.push(`${time}: ${what}, expected ${JSON.stringify(expected)}`);
  };
  const { events } = detail.value;
  for (let o = 0; o < events.length; o += EVENT_WIDTH) {
    const at = (column: number): number => events[o + column] ?? NaN;
    const [time, key, version, call] = [at(EVENT.time), at(EVENT.key), at(EVENT.version), at(EVENT.call)];
    const what = EVENTS[at(EVENT.type)] ?? '';
    while (flushes[0] !== undefined && flushes[0].at <= time) {
      const { target } = flushes.shift() ?? { target: '' };
      models.get(nodesOf(design).findIndex(({ name }) => name === target))?.flush();
    }
    const node = models.get(at(EVENT.node));
    if (node === undefined) continue;
    if (DEEDS.has(what) || what === 'expire') counts.set(what, (counts.get(what) ?? 0) + 1);
    if (what === 'expire') check(node.ends(key, time), time, `key ${key} ends`);
    else if (DEEDS.has(what)) {
      const deed = expected.shift();
      const fits = deed?.what === what && deed.key === key && (deed.version ?? version) === version;
      check(fits, time, `${what} ${key} ${version} instead of ${JSON.stringify(deed)}`);
      if (what === 'apply') node.lives(key, at(EVENT.extra), time);
    } else if (what === 'endService') {
      check(expected.length === 0 && node.isPunctual(key, time), time, `key ${key} is served`);
      const operation = at(EVENT.operation);
      const place = `${operation}:${at(EVENT.node)}`;
      const before = served.get(call) ?? 0;
      served.set(call, before + 1);
      const kind = heard.kinds.get(call);
      if (kind === 'get' && before === 0) {
        // A reload has the lease of the hit that sets it off; a miss has its own.
        leases.set(operation, node.lease(key));
        const { deed, loads } = node.lookUp(key, operation, time);
        check(loads === heard.asked.has(place), time, `key ${key} is asked for: ${String(!loads)}`);
        expected = [deed];
      } else if (kind === 'get' || kind === undefined)
        expected = node.fill(
          key,
          heard.answers.get(place) ?? NaN,
          operation,
          leases.get(operation) ?? NaN,
          time,
        );
      else if (kind === 'put') expected = node.put(key, heard.carried.get(call) ?? NaN, time);
      else if (kind === 'fill') expected = node.fill(key, heard.carried.get(call) ?? NaN, 0, NaN, time);
      else expected = node.invalidate(key, heard.carried.get(call) ?? NaN, time);
    }
  }
  for (const model of models.values())
    for (const [name, count] of Object.entries(model.counts))
      counts.set(name, (counts.get(name) ?? 0) + count);
  return { counts, flaws };
}

function heardIn({ hops }: DetailReading, caches: ReadonlySet<number>): Heard {
  const heard: Heard = {
    kinds: new Map(),
    carried: new Map(),
    answers: new Map(),
    asked: new Set(),
    arrivals: new Map(),
  };
  for (let o = 0; o < hops.length; o += HOP_WIDTH) {
    const at = (column: number): number => hops[o + column] ?? NaN;
    const kind = MESSAGES[at(HOP.message)] ?? '';
    const [call, from, to, version] = [at(HOP.call), at(HOP.from), at(HOP.to), at(HOP.version)];
    const operation = at(HOP.operation);
    const isLost = (at(HOP.flags) & HOP_FLAGS.lost) !== 0;
    if (at(HOP.answer) === 1) {
      if (kind === 'get' && caches.has(to) && !isLost) heard.answers.set(`${operation}:${to}`, version);
      continue;
    }
    if (caches.has(to)) {
      heard.kinds.set(call, kind);
      heard.carried.set(call, version);
    }
    if (kind === 'get' && caches.has(from)) heard.asked.add(`${operation}:${from}`);
    const name = `${at(HOP.key)}:${version}`;
    if (kind === 'put' && from === 0 && !isLost && !heard.arrivals.has(name))
      heard.arrivals.set(name, [at(HOP.arrivesAt), operation]);
  }
  return heard;
}
