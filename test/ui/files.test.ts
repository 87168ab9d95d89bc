import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../src/design/limits.ts';
import { said } from '../../src/ui/said.ts';
import { fileName, looksLikeDesign, openFile } from '../../src/ui/share/files.ts';
import { idleSession } from '../support/idleSession.ts';

describe('designs from outside', () => {
  it.each([
    ['{"cache":{"ttl":"3s"}}', true],
    ['  {', true],
    ['https://example.org/t/#/write-through?cache.ttl=3s', true],
    ['#/look-aside', true],
    ['http://localhost:4173/?cache.ttl=3s', true],
    ['http://localhost:4173/?q=cache.ttl', false],
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

  it('open from a file, which is named where it is no design', async () => {
    const session = idleSession();
    await openFile(session, new File(['{"seed": 7}'], 'mine.json'));
    expect(session.documents.getState()).toMatchObject({ design: { seed: 7 }, name: 'mine.json' });
    await openFile(session, new File(['x'.repeat(LIMITS.documentText + 1)], 'large.json'));
    expect(said.getState().text).toBe(
      'large.json is larger than any design: 1\u2009000\u2009000 bytes at most.',
    );
  });

  it('leave open what is open where a file cannot be read, as a folder cannot', async () => {
    const session = idleSession();
    const folder = new File([], 'designs');
    folder.text = () => Promise.reject(new DOMException('it is a directory', 'NotReadableError'));
    await openFile(session, folder);
    expect(said.getState().text).toBe('designs cannot be read: it is a directory');
    expect(session.documents.getState().past).toEqual([]);
  });
});
