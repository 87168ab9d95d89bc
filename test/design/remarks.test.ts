import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../src/design/limits.ts';
import { readLink, writeLink } from '../../src/design/links.ts';
import { addRemark, changeRemark, removeRemark } from '../../src/design/remarks.ts';
import { aDesign } from '../support/designs.ts';

const two = aDesign({ remark: ['12.5s:look here', 'cache-1:the slow one'] });

describe('a remark', () => {
  it('is pinned on an instant or a node, and travels in the link', () => {
    const pinned = addRemark(two, 'shard-1.leader', 'crashes: here\nand now');
    if (!pinned.ok) throw new Error(pinned.error.message);
    expect(pinned.value.remarks.at(-1)).toEqual({ on: 'shard-1.leader', text: 'crashes: here\nand now' });
    expect(readLink(writeLink(pinned.value)).design).toEqual(pinned.value);
  });

  it('is refused on what is neither', () => {
    const refused = addRemark(two, 'the moon', 'x');
    expect(refused.ok).toBe(false);
  });

  it.each([
    ['cash-1:a: b', 'cache-1:a: b'],
    ['cache-0:x', 'cache-1:x'],
    ['app-17:x', 'app-1:x'],
    ['shard-2.replica-8:x', 'shard-2.replica-1:x'],
    ['12.5:x', '12.5s:x'],
    ['the moon:x', undefined],
  ])('on %s is refused, since no design has that, with what was probably meant', (text, nearest) => {
    const { design, problems } = readLink(`#/write-through?remark=${encodeURIComponent(text)}`);
    expect(design.remarks).toEqual([]);
    expect(problems.map((each) => [each.key, each.nearest])).toEqual([['remark', nearest]]);
  });

  it('may be on a node that only other designs have', () => {
    expect(readLink('#/write-through?remark=app-16:x&remark=shard-16.replica-7:x').problems).toEqual([]);
  });

  it('is refused past the limit, which is named', () => {
    const full = { ...two, remarks: Array.from({ length: LIMITS.remarks }, () => ({ on: '1s', text: 'x' })) };
    expect(addRemark(full, '2s', 'y')).toMatchObject({
      ok: false,
      error: { message: '65 remarks with this one' },
    });
  });

  it('is given another text, and taken off, by its place', () => {
    expect(changeRemark(two, 1, 'fast now')).toMatchObject({
      ok: true,
      value: { remarks: [{ text: 'look here' }, { on: 'cache-1', text: 'fast now' }] },
    });
    expect(removeRemark(two, 0)).toMatchObject({ ok: true, value: { remarks: [{ on: 'cache-1' }] } });
    expect(changeRemark(two, 2, 'x').ok || removeRemark(two, 2).ok).toBe(false);
  });
});
