import { describe, expect, it } from 'vitest';
import { seedDesign, type Design } from '../../src/design/design.ts';
import { createDocumentStore, HISTORY_LIMIT } from '../../src/state/documents.ts';

const seeded = (seed: number): Design => ({ ...seedDesign, seed });
const change = (after: string, before?: string) => ({
  label: 'seed',
  after,
  ...(before === undefined ? {} : { before }),
});
const aStore = () => createDocumentStore(seedDesign);

describe('the document', () => {
  it('knows no React: it is a store of its own', () => {
    const store = aStore();
    const seen: number[] = [];
    store.subscribe(({ design }) => seen.push(design.seed));
    store.edit(seeded(2), change('2'));
    expect(seen).toEqual([2]);
  });

  it('undoes and redoes what was edited, and says what changed', () => {
    const store = aStore();
    store.edit(seeded(2), change('2', '1'));
    store.edit(seeded(3), change('3', '2'));
    store.undo();
    expect(store.getState()).toMatchObject({
      design: { seed: 2 },
      lastChange: { label: 'undo: seed', before: '3', after: '2' },
    });
    store.undo();
    store.undo();
    expect(store.getState()).toMatchObject({ design: { seed: 1 }, past: [] });
    store.redo();
    store.redo();
    store.redo();
    expect(store.getState()).toMatchObject({ design: { seed: 3 }, future: [], lastChange: { after: '3' } });
  });

  it('forgets what was undone when something else is edited', () => {
    const store = aStore();
    store.edit(seeded(2), change('2'));
    store.undo();
    store.edit(seeded(5), change('5'));
    store.redo();
    expect(store.getState()).toMatchObject({ design: { seed: 5 }, future: [] });
  });

  it('takes a drag as one change, from where it began to where it ended', () => {
    const store = aStore();
    store.edit(seeded(2), change('2', '1'), { coalesce: 'drag 1' });
    store.edit(seeded(3), change('3', '2'), { coalesce: 'drag 1' });
    store.edit(seeded(4), change('4', '3'), { coalesce: 'drag 1' });
    expect(store.getState().lastChange).toEqual({ label: 'seed', before: '1', after: '4' });
    expect(store.getState().past).toHaveLength(1);
    store.undo();
    expect(store.getState().design.seed).toBe(1);
    store.redo();
    expect(store.getState().design.seed).toBe(4);
  });

  it('takes two drags as two changes, and what is dragged after an undo as another', () => {
    const store = aStore();
    store.edit(seeded(2), change('2'), { coalesce: 'drag 1' });
    store.edit(seeded(3), change('3'), { coalesce: 'drag 2' });
    expect(store.getState().past).toHaveLength(2);
    store.undo();
    store.edit(seeded(4), change('4'), { coalesce: 'drag 1' });
    expect(store.getState().past).toHaveLength(2);
  });

  it('takes a drag back to where it began for none, and gives back what was undone before it', () => {
    const store = aStore();
    store.edit(seeded(2), change('2', '1'));
    store.undo();
    const before = store.getState();
    store.edit(seeded(3), change('3', '1'), { coalesce: 'drag 1' });
    store.edit(seeded(1), change('1', '3'), { coalesce: 'drag 1' });
    expect(store.getState()).toEqual({ ...before, lastChange: undefined });
    // The hand has not let go.
    store.edit(seeded(4), change('4', '1'), { coalesce: 'drag 1' });
    expect(store.getState().lastChange).toEqual({ label: 'seed', before: '1', after: '4' });
    expect(store.getState().past).toHaveLength(1);
  });

  it('takes no step for an edit that changes nothing', () => {
    const store = aStore();
    store.edit({ ...seedDesign, workload: { ...seedDesign.workload } }, change('1'));
    expect(store.getState()).toMatchObject({ past: [], lastChange: undefined });
  });

  it('keeps a named number of steps', () => {
    const store = aStore();
    for (let seed = 2; seed < HISTORY_LIMIT + 10; seed++) store.edit(seeded(seed), change(String(seed)));
    expect(store.getState().past).toHaveLength(HISTORY_LIMIT);
  });
});

describe('opening', () => {
  const problems = [{ key: 'cache.ttl', value: '3sec', message: 'is no duration', allowed: 'a duration' }];

  it('leaves what was open one undo away', () => {
    const store = aStore();
    store.edit(seeded(2), change('2'));
    store.open(seeded(9), problems, 'nine.json');
    expect(store.getState()).toMatchObject({ design: { seed: 9 }, problems, name: 'nine.json' });
    store.undo();
    expect(store.getState().design.seed).toBe(2);
  });

  it('shows problems until they are dismissed', () => {
    const store = aStore();
    store.open(seeded(9), problems);
    store.dismissProblems();
    expect(store.getState().problems).toEqual([]);
  });

  it('takes a mended problem off the list and leaves the others', () => {
    const store = aStore();
    const [first] = problems;
    const second = { key: 'seed', value: 'x', message: 'is no number', allowed: 'a number' };
    store.open(seeded(9), [...problems, second]);
    store.dismissProblems(first);
    expect(store.getState().problems).toEqual([second]);
  });

  it('forgets the problems of what is no longer open, but not while a later edit is undone', () => {
    const store = aStore();
    store.edit(seeded(2), change('2'));
    store.open(seeded(9), problems);
    store.edit(seeded(10), change('10'));
    store.undo();
    expect(store.getState()).toMatchObject({ design: { seed: 9 }, problems });
    store.undo();
    expect(store.getState()).toMatchObject({ design: { seed: 2 }, problems: [] });
  });

  it('that is refused leaves open what was, and no step of undo', () => {
    const store = aStore();
    store.edit(seeded(2), change('2'));
    store.refuse(problems);
    expect(store.getState()).toMatchObject({ design: { seed: 2 }, problems, refused: true });
    expect(store.getState().past).toHaveLength(1);
    store.open(seeded(3), []);
    expect(store.getState().refused).toBe(false);
  });

  it('a reset is undone like any other change', () => {
    const store = aStore();
    store.open(seeded(9), problems);
    store.reset();
    expect(store.getState()).toMatchObject({ design: seedDesign, problems: [] });
    store.undo();
    expect(store.getState().design.seed).toBe(9);
  });
});
