/** Markdown that wants to harm: what it becomes on the page, as the markup that React would write. */
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { Markdown } from '../../src/ui/notes/Markdown.tsx';
import { safeAddress } from '../../src/ui/notes/markdown.ts';

const rendered = (text: string) => renderToStaticMarkup(createElement(Markdown, { text }));

describe('notes', () => {
  it('render what Markdown has', () => {
    const html = rendered(
      '# Why\n\nA **slow** _cache_ ~~helps~~ `hurts`.\n\n- one\n- two\n\n3. three\n\n> said\n\n| a | b |\n| - | -: |\n| 1 | 2 |\n\n```\nx < y\n```\n\n---',
    );
    for (const part of [
      '<h3>Why</h3>',
      '<strong>slow</strong>',
      '<em>cache</em>',
      '<s>helps</s>',
      '<code>hurts</code>',
      '<ul><li>',
      '<ol start="3">',
      '<blockquote>',
      '<th>a</th>',
      '<td>1</td>',
      '<td style="text-align:right">2</td>',
      'x &lt; y',
      '<hr/>',
    ])
      expect(html).toContain(part);
  });

  it.each([
    '<script>alert(1)</script>',
    'a <img src=x onerror=alert(1)> b',
    '<iframe src="https://evil.example"></iframe>',
    '<a href="javascript:alert(1)">x</a>',
    '<style>*{display:none}</style>',
    '&lt;script&gt;alert(1)&lt;/script&gt;',
  ])('show HTML as the text that it is: %s', (text) => {
    expect(rendered(text)).not.toMatch(/<(?!\/?(div|p)\b)/);
  });

  it.each([
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](java\tscript:alert(1))',
    '[x](<java\u0001script:alert(1)>)',
    '[x](&#106;avascript:alert(1))',
    '[x](data:text/html,<script>alert(1)</script>)',
    '[x](vbscript:x)',
    '[x](file:///etc/passwd)',
    '[x](//evil.example)',
    '[x][y]\n\n[y]: javascript:alert(1)',
    '![x](javascript:alert(1))',
    '<javascript:alert(1)>',
  ])('have no link where it leads neither to the web nor within the page: %s', (text) => {
    expect(rendered(text)).not.toContain('<a ');
  });

  it('lead to the web in a tab that knows nothing of this one', () => {
    const link =
      '<a href="https://a.example/b?c=1&amp;d" target="_blank" rel="noopener noreferrer nofollow">x</a>';
    expect(rendered('[x](https://a.example/b?c=1&d)')).toContain(link);
    expect(rendered('[x][y]\n\n[y]: https://a.example/b?c=1&d')).toContain(link);
  });

  it('load no image: it is a link', () => {
    const html = rendered('![a picture](https://a.example/x.png) ![](https://a.example/y.png)');
    expect(html).not.toContain('<img');
    expect(html).toContain('>a picture</a>');
    expect(html).toContain('>image</a>');
  });

  it('lead within the page', () => {
    expect(safeAddress('#/look-aside?cache.ttl=2s')).toBe('#/look-aside?cache.ttl=2s');
    expect(safeAddress('./other')).toBe('./other');
  });
});
