import { describe, expect, it } from 'vitest';
import { fileName, looksLikeDesign } from '../../src/ui/share/files.ts';

describe('designs from outside', () => {
  it.each([
    ['{"cache":{"ttl":"3s"}}', true],
    ['  {', true],
    ['https://example.org/t/#/write-through?cache.ttl=3s', true],
    ['#/look-aside', true],
    ['hello', false],
    ['https://example.org/#about', false],
    ['see #/write-through and tell me', false],
  ])('%j is taken for a design: %s', (text, taken) => {
    expect(looksLikeDesign(text)).toBe(taken);
  });

  it.each([
    ['Write-through, with a slow cache!', 'write-through-with-a-slow-cache'],
    ['../../etc/passwd', 'etc-passwd'],
    ['Größe', 'größe'],
    ['   ', 'design'],
  ])('the title %j becomes the file name %s', (title, name) => {
    expect(fileName(title)).toBe(name);
  });
});
