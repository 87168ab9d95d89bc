import { describe, expect, test } from 'vitest';
import { addFault, moveNode, newFault, removeFault, replaceFault } from '../../src/design/edits.ts';
import { seedDesign, type Design, type Fault } from '../../src/design/design.ts';
import { FAULT_KINDS, parseFault, printFault } from '../../src/design/faults.ts';
import { applyEntries, setByKey } from '../../src/design/keys.ts';
import type { Result } from '../../src/base/result.ts';
import { printProblem, type Problem } from '../../src/design/problem.ts';
import { aDesign } from '../support/designs.ts';

const texts = (design: Result<Design, Problem>) =>
  design.ok ? design.value.faults.map((fault) => printFault(fault)) : printProblem(design.error);
const slow: Fault = { kind: 'slow', target: 'cache-1', at: 10_000_000, for: 8_000_000, factor: 20 };

describe('a fault', () => {
  test.each([
    'cache-1:slow:20@10s-18s',
    'shard-1.leader:crash@10s',
    'replication:delay:200ms@5s-5.25s',
    'cache-2:flush@1us',
    'workload:hotkey:20%@0s-20m'.replace('20m', '1200s'),
  ])('is written as it is read: %s', (text) => {
    const fault = parseFault(text);
    expect(fault.ok && printFault(fault.value)).toBe(text);
  });

  test('can end at an instant or after a length', () => {
    expect(parseFault('cache-1:slow:20@10s+8s')).toEqual(parseFault('cache-1:slow:20@10s-18s'));
    expect(printFault(slow, 'length')).toBe('cache-1:slow:20@10s+8s');
  });

  test.each([
    ['cache-1', 'is not a fault'],
    ['cache-1:slow@10s', 'factor "" is missing'],
    ['cache-1:slwo:20@10s', 'kind "slwo" is not known'],
    ['cache-1:crash:20@10s', 'parameter "20" does not belong to crash'],
    ['cache-1:slow:20@18s-10s', 'end "10s" is not after its beginning'],
    ['cache-1:slow:20@10s-10s', 'end "10s" is not after its beginning'],
    ['cache-1:slow:20@10', 'at "10" has no unit'],
    ['cache-1:slow:0@10s', 'factor "0" is below 0.01'],
    ['cache-1:slow:-2@10s', 'factor "-2" is below 0.01'],
    ['cache-1:slow:20@-1s', 'at "-1s" is below 0s'],
    ['cache-1:slow:20@-1s-5s', 'at "-1s" is below 0s'],
    ['cache-1:slow:20@10s-18', 'end "18" has no unit'],
    ['cache-1:flush@10s-18s', 'end "18s" does not belong to flush'],
    ['cache-1:flush@10s+8s', 'for "8s" does not belong to flush'],
    ['cache-3:slow:20@10s', 'there is no cache-3'],
    ['app-1:flush@10s', 'flush cannot be aimed at app-1'],
    ['cache-1:surge:2@10s', 'surge cannot be aimed at cache-1'],
    ['workload:surge:20000@10s', 'factor "20000" is above 10000'],
    ['workload:crash@10s', 'crash cannot be aimed at workload'],
    ['workload:hotkey@10s', 'share "" is missing'],
    ['workload:hotkey:2@10s', 'share "2" is above 100%'],
    ['app-cache:drop:101%@10s', 'share "101%" is above 100%'],
    ['workload:drop:1%@10s', 'drop cannot be aimed at workload'],
    ['zone-4:crash@10s', 'there is no zone-4'],
    ['zone-0:crash@10s', 'there is no zone-0'],
    ['zone-1:flush@10s', 'flush cannot be aimed at zone-1'],
    ['app-cache:crash@10s', 'crash cannot be aimed at app-cache'],
  ])('%s is refused: %s', (text, message) => {
    const design = setByKey(seedDesign, 'fault', text);
    expect(design.ok ? undefined : design.error).toMatchObject({ key: 'fault', value: text, message });
  });

  test.each([
    ['cache-1:crash:20@10s', 'TARGET:crash@FROM[-TO]', undefined],
    ['cache-1:flush@10s-18s', 'TARGET:flush@FROM', undefined],
    ['cache-1:slow:20@18s-10s', 'an instant after 18s', undefined],
    ['cache-1:slow:20@-1s', 'a duration such as 2s, from 0s to 1200s', 'cache-1:slow:20@0s'],
    ['cache-1:slow:0@10s', 'a number, from 0.01 to 10000', 'cache-1:slow:0.01@10s'],
    // What is wrong may stand in the name of the target, too.
    ['cache-1:crash@1', 'a duration such as 2s, from 0s to 1200s', 'cache-1:crash@1s'],
    ['cache-1:crash@1s-2', 'an instant such as 18s', 'cache-1:crash@1s-2s'],
    ['cache-1:crash@1-2', 'an instant such as 18s', 'cache-1:crash@1s-2s'],
    // Half of a span is not what was meant.
    ['cache-1:crash@1s..2s', 'a duration such as 2s, from 0s to 1200s', undefined],
    ['cache-1:crash@1-2s', 'a duration such as 2s, from 0s to 1200s', 'cache-1:crash@1s-2s'],
    ['shard-1.leader:drop:1.1@1s', 'a share such as 10%, from 0% to 100%', 'shard-1.leader:drop:100%@1s'],
    ['app-1:sloe:1@1s', 'one of slow, ', 'app-1:slow:1@1s'],
    // Two parts are wrong, or three; and what is meant cannot be aimed there.
    ['cache-1:sloe:99999@1s', 'one of slow, ', 'cache-1:slow:10000@1s'],
    ['app-cach:dro:2@1s', 'one of slow, ', 'app-cache:drop:2%@1s'],
    ['cache-1:surg:2@1s', 'one of slow, ', undefined],
    ['cache-1:crash@1s+1201s', 'a duration such as 2s, from 1us to 1200s', 'cache-1:crash@1s+1200s'],
    ['cache-1:crash@1s-2500s', 'a duration such as 2s, from 1us to 1200s', 'cache-1:crash@1s-1201s'],
  ])('%s is told what is allowed: %s', (text, allowed, nearest) => {
    const design = setByKey(seedDesign, 'fault', text);
    const told = design.ok ? undefined : design.error;
    expect(told?.allowed).toContain(allowed);
    expect(told?.nearest).toBe(nearest);
    if (nearest !== undefined) expect(setByKey(seedDesign, 'fault', nearest).ok).toBe(true);
  });

  test('past the end of the run is legal and kept', () => {
    expect(aDesign({ fault: 'cache-1:slow:20@100s' }).faults).toHaveLength(1);
  });

  test('of every kind starts with a parameter that is valid', () => {
    for (const [kind, { targets }] of Object.entries(FAULT_KINDS)) {
      expect(targets.length).toBeGreaterThan(0);
      const fault = newFault('cache-1', kind as Fault['kind'], 12_340_000.4);
      expect(fault.ok && fault.value.at).toBe(12_340_000);
    }
  });
});

describe('editing faults', () => {
  const one = aDesign({ fault: 'cache-1:slow:20@10s-18s' });

  test('adds, replaces and removes, and leaves the design before it alone', () => {
    expect(texts(addFault(seedDesign, slow))).toEqual(['cache-1:slow:20@10s-18s']);
    expect(texts(replaceFault(one, 0, { ...slow, factor: 50 }))).toEqual(['cache-1:slow:50@10s-18s']);
    expect(texts(removeFault(one, 0))).toEqual([]);
    expect(texts(removeFault(one, 1))).toMatch('there is no such fault');
    expect(one.faults).toEqual([slow]);
  });

  test('refuses what the limits do not allow', () => {
    expect(texts(addFault(seedDesign, { ...slow, factor: 1e5 }))).toMatch('factor is out of range');
    expect(texts(addFault(seedDesign, { ...slow, at: 0.5 }))).toMatch('at is out of range');
    expect(texts(addFault(seedDesign, { ...slow, target: 'cache-9' }))).toMatch('there is no cache-9');
    const full = aDesign({ fault: Array.from({ length: 64 }, () => 'cache-1:slow:20@10s-18s') });
    expect(texts(addFault(full, slow))).toMatch('65 faults with this one; allowed: at most 64 faults');
  });

  test('taking away a node that a fault is aimed at says which fault is in the way', () => {
    const design = aDesign({ fault: 'app-4:crash@1s' });
    const fewer = setByKey(design, 'app.nodes', '3');
    expect(fewer.ok ? '' : printProblem(fewer.error)).toMatch(/^app.nodes "3": a fault is aimed at app-4/);
    expect(setByKey(design, 'app.nodes', '5').ok).toBe(true);
  });

  test('of several keys changed at once only those that take its target away are in the way', () => {
    const design = aDesign({ fault: 'shard-1.replica-3:crash@1s' });
    const { design: next, problems } = applyEntries(design, [
      { key: 'store.shards', text: '4' },
      { key: 'store.rf', text: '2' },
    ]);
    expect(problems).toMatchObject([
      { key: 'store.rf', value: '2', message: 'a fault is aimed at shard-1.replica-3' },
    ]);
    expect(next.store).toMatchObject({ shards: 4, rf: 3 });
  });
});

describe('moving a node', () => {
  test('keeps whole pixels, and forgets a node that is put back', () => {
    const moved = moveNode(seedDesign, 'cache-1', [10.4, -0.2]);
    expect(moved.ok && moved.value.layout).toEqual({ 'cache-1': [10, 0] });
    const back = moved.ok ? moveNode(moved.value, 'cache-1', undefined) : moved;
    expect(back).toEqual({ ok: true, value: seedDesign });
    expect(moveNode(seedDesign, '__proto__', [1, 1]).ok).toBe(false);
  });
});
