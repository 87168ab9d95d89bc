import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { seedDesign, type Design } from '../../src/design/design.ts';
import { countAt, numberOf, stepCount } from '../../src/ui/counts.ts';
import { said } from '../../src/ui/said.ts';
import type { Session } from '../../src/state/session.ts';
import { aSession } from '../support/sessions.ts';

const designOf = ({ documents }: Session): Design => documents.getState().design;
const opened = (settings = ''): Session => aSession({ fragment: `#/write-through?${settings}` }).session;

beforeEach(() => {
  vi.useFakeTimers();
  said.setState({ text: undefined });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a number on the diagram', () => {
  it('grows and shrinks by one, each an undoable change', () => {
    const session = opened();
    stepCount(session, 'cache.nodes', 1);
    expect(designOf(session).cache.nodes).toBe(3);
    stepCount(session, 'cache.nodes', -1);
    stepCount(session, 'cache.nodes', -1);
    expect(designOf(session).cache.nodes).toBe(1);
    session.documents.undo();
    expect(designOf(session).cache.nodes).toBe(2);
  });

  it.each([
    ['app.nodes', '16', 1, /^16 of 16/],
    ['store.shards', '16', 1, /^16 of 16/],
    ['store.rf', '7', 1, /^7 of 7/],
    ['app.nodes', '1', -1, /last app node stays/],
  ] as const)('stays at its limit and says so: %s at %s', (key, text, by, words) => {
    const session = opened(`${key}=${text}`);
    stepCount(session, key, by);
    expect(numberOf(designOf(session), key)).toBe(Number(text));
    expect(said.getState().text).toMatch(words);
  });

  it('does not take away what a fault is aimed at, or a quorum needs, and says why', () => {
    const session = opened('store.w=3&fault=cache-2:crash@1s');
    stepCount(session, 'cache.nodes', -1);
    expect(designOf(session).cache.nodes).toBe(2);
    expect(said.getState().text).toContain('a fault is aimed at cache-2');
    stepCount(session, 'store.rf', -1);
    expect(designOf(session).store.rf).toBe(3);
    expect(said.getState().text).toContain('at least store.w (3)');
  });

  it.each([
    ['app-2', 'app.nodes'],
    ['cache-1', 'cache.nodes'],
    ['shard-1.leader', 'store.shards'],
    ['shard-2', 'store.shards'],
    ['shard-2.replica-1', 'store.rf'],
    ['clients', undefined],
    ['app-cache', undefined],
    [undefined, undefined],
  ] as const)('of %s is %s', (selection, key) => {
    expect(countAt(seedDesign, selection)).toBe(key);
  });
});
