import { describe, expect, it } from 'vitest';
import { FIELDS, valueOf } from '../../src/design/fields.ts';
import { seedDesign } from '../../src/design/design.ts';
import { plainText, prettyText, prettyWords } from '../../src/ui/pretty.ts';

describe("the document's texts, made easy to read", () => {
  it.each([
    ['12ms', '12\u2009ms'],
    ['2500/s', '2\u2009500/s'],
    ['2.5k/s', '2.5k/s'],
    ['1000000', '1\u2009000\u2009000'],
    ['250us', '250\u2009µs'],
    ['99.95%', '99.95\u2009%'],
    ['1KiB', '1\u2009KiB'],
    ['off', 'off'],
    ['db+invalidate', 'db+invalidate'],
    ['lognormal:0.1ms:0.4ms', 'lognormal:0.1ms:0.4ms'],
  ])('shows %s as %s', (text, pretty) => {
    expect(prettyText(text)).toBe(pretty);
  });

  it('finds the quantities of a sentence', () => {
    expect(prettyWords('call the cache: read, at most 20ms')).toBe(
      'call the cache: read, at most 20\u2009ms',
    );
    expect(prettyWords('hold the value, for 5s')).toBe('hold the value, for 5\u2009s');
    expect(prettyWords('4,000,000 messages, alive')).toBe('4\u2009000\u2009000 messages, alive');
  });

  it('takes back what it made pretty, for every field of the seed', () => {
    for (const field of FIELDS.filter(({ kind }) => kind !== 'text')) {
      const text = field.print(valueOf(seedDesign, field.key));
      const typed = plainText(prettyText(text));
      expect(field.parse(typed), field.key).toEqual(field.parse(text));
    }
  });

  it('forgives the signs that the page writes before a value', () => {
    expect(plainText('×\u200920')).toBe('20');
    expect(plainText(' ≤\u200950 ms ')).toBe('50ms');
  });
});
