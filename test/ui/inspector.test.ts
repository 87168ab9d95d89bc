import { describe, expect, it } from 'vitest';
import { seedDesign, type Design, type Fault } from '../../src/design/design.ts';
import { FIELDS, mattersFor } from '../../src/design/fields.ts';
import { nodesOf, LINKS } from '../../src/design/nodes.ts';
import { editFault, faultTexts } from '../../src/ui/inspector/faultText.ts';
import { placeOf } from '../../src/ui/inspector/places.ts';
import { aDesign } from '../support/designs.ts';

const slow: Fault = { kind: 'slow', target: 'cache-1', at: 10_000_000, for: 8_000_000, factor: 20 };

const keysOf = (design: Design, selection?: string): string[] =>
  placeOf(design, selection).sections.flatMap(({ fields }) => fields.map(({ key }) => key));

describe('what the inspector shows', () => {
  it('shows every key that the policy uses, when nothing is selected', () => {
    const elsewhere = ['title', 'policy'];
    const shown = FIELDS.filter(
      (field) =>
        mattersFor(field, seedDesign.policy) && field.group !== 'contract' && !elsewhere.includes(field.key),
    );
    expect(keysOf(seedDesign).sort()).toEqual(shown.map(({ key }) => key).sort());
  });

  it('leaves out what the policy does not use', () => {
    expect(keysOf(seedDesign)).toContain('cache.order');
    const uncached = keysOf({ ...seedDesign, policy: 'db-only' });
    expect(uncached).not.toContain('cache.ttl');
    // The log refuses older versions whatever stands before it.
    expect(uncached).toContain('cache.fencing');
  });

  it.each(
    nodesOf(seedDesign)
      .map(({ name }) => name)
      .concat(LINKS, 'shard-1', 'shard-2.leader', 'zone-2', 'workload'),
  )('has fields for %s', (name) => {
    expect(keysOf(seedDesign, name).length).toBeGreaterThan(0);
  });

  it('shows the whole design when what was selected is gone', () => {
    expect(placeOf(seedDesign, 'cache-9').title).toBe('Design');
  });

  it('aims what is done to the clients at the workload', () => {
    expect(placeOf(seedDesign, 'clients')).toMatchObject({ target: 'workload', targets: ['workload'] });
    expect(placeOf(seedDesign, 'workload')).toEqual(placeOf(seedDesign, 'clients'));
  });

  it('shows a zone that a fault is aimed at, if there is such a zone', () => {
    expect(placeOf(seedDesign, 'zone-2')).toMatchObject({ title: 'zone-2', target: 'zone-2' });
    expect(placeOf(seedDesign, 'zone-4').title).toBe('Design');
  });

  it('says one of what there is one of', () => {
    const nodes = { 'app.nodes': '1', 'cache.nodes': '1', 'store.rf': '1', 'store.w': '1' };
    const design = aDesign({ ...nodes, 'workload.sessions': '1' });
    const about = (selection: string) => placeOf(design, selection).about;
    expect(about('shard-1')).toBe('1 replica, writes need 1');
    expect(about('clients')).toBe('1 session');
    expect(about('zone-2')).toBe('1 node');
    expect(about('zone-1')).toBe('3 nodes');
  });

  it('lists the faults of a shard on its card, whoever of it they hit', () => {
    expect(placeOf(seedDesign, 'shard-1').targets).toEqual([
      'shard-1.leader',
      'shard-1.replica-1',
      'shard-1.replica-2',
      'shard-1.replica-3',
    ]);
  });
});

describe('a fault on one line', () => {
  it('is shown by its texts', () => {
    expect(faultTexts(slow)).toEqual({ parameter: '20', from: '10s', to: '18s' });
    expect(faultTexts({ kind: 'crash', target: 'app-1', at: 0 })).toEqual({
      parameter: '',
      from: '0s',
      to: 'end',
    });
  });

  it.each([
    ['parameter', '50', { ...slow, factor: 50 }],
    ['from', '9.5s', { ...slow, at: 9_500_000, for: 8_500_000 }],
    ['to', '12s', { ...slow, for: 2_000_000 }],
  ] as const)('changes its %s', (part, text, fault) => {
    expect(editFault(slow, part, text)).toEqual({ ok: true, value: fault });
  });

  it('lasts to the end when it is given none', () => {
    const { for: _length, ...open } = slow;
    expect(editFault(slow, 'to', 'end')).toEqual({ ok: true, value: open });
  });

  it('says what is wrong, and where', () => {
    const edited = editFault(slow, 'to', '5s');
    expect(edited.ok).toBe(false);
    if (!edited.ok) expect(edited.error).toMatchObject({ key: 'to', value: '5s' });
    const factor = editFault(slow, 'parameter', '99999');
    expect(factor.ok).toBe(false);
    if (!factor.ok) expect(factor.error.nearest).toBe('10000');
  });
});
