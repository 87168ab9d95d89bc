import { describe, expect, it } from 'vitest';
import {
  loadTheme,
  loadWork,
  saveTheme,
  SET_ASIDE_KEY,
  WORK_KEY,
  type KeyValue,
} from '../../src/state/work.ts';
import { aStorage } from '../support/sessions.ts';

const past = [{ fragment: '/db-only', label: 'seed' }];
const full: KeyValue = {
  ...aStorage(),
  setItem: () => {
    throw new Error('QuotaExceededError');
  },
};
const forbidden: KeyValue = {
  ...full,
  getItem: () => {
    throw new Error('SecurityError');
  },
};

describe('the one document of earlier times', () => {
  it('comes back without the steps that cannot be read, and without a say whose the others are', () => {
    const text = JSON.stringify({ fragment: '/db-only', past: [1, null, { label: 'x' }, ...past] });
    expect(loadWork(aStorage({ [WORK_KEY]: text }))).toEqual({
      ok: true,
      value: { fragment: '/db-only', name: undefined, past: past.map((step) => ({ ...step, own: false })) },
    });
  });

  it('is none on a first visit, and without storage', () => {
    expect(loadWork(aStorage())).toEqual({ ok: true, value: undefined });
    expect(loadWork(undefined)).toEqual({ ok: true, value: undefined });
  });

  it.each(['', '{', 'null', '7', '"text"', '{}', '{"fragment":7}', '[1]'])(
    'that nobody can read (%j) is set aside, and that is said',
    (text) => {
      const storage = aStorage({ [WORK_KEY]: text });
      expect(loadWork(storage)).toMatchObject({
        ok: false,
        error: expect.stringContaining(SET_ASIDE_KEY) as string,
      });
      expect(storage.map.get(SET_ASIDE_KEY)).toBe(text);
    },
  );

  it('that is not given back is said with its reason', () => {
    expect(loadWork(forbidden)).toMatchObject({
      ok: false,
      error: expect.stringContaining('Security') as string,
    });
  });
});

describe('the theme', () => {
  it('is kept, and is the system’s where nothing readable is', () => {
    const storage = aStorage();
    expect(loadTheme(storage)).toBe('system');
    saveTheme(storage, 'dark');
    expect(loadTheme(storage)).toBe('dark');
    expect(loadTheme(aStorage({ 'throughline.theme': 'purple' }))).toBe('system');
    expect(loadTheme(forbidden)).toBe('system');
    saveTheme(full, 'dark');
  });
});
