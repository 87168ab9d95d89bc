import { describe, expect, it } from 'vitest';
import { frameOf } from '../../src/ui/export/frame.ts';
import { documentOf, escapeXml } from '../../src/ui/export/svg.ts';
import { SvgBrush } from '../../src/ui/export/svgBrush.ts';
import { traceWindow } from '../../src/ui/export/texts.ts';

describe('the window of a trace', () => {
  it.each([
    { where: 'the middle of a run', cursor: 1_000_000.4, duration: 2_000_000, from: 990_000, to: 1_010_000 },
    { where: 'its beginning', cursor: 3_000, duration: 2_000_000, from: 0, to: 20_000 },
    { where: 'its end', cursor: 2_000_000, duration: 2_000_000, from: 1_980_000, to: 2_000_000 },
    { where: 'a run that is shorter', cursor: 5_000, duration: 8_000, from: 0, to: 8_000 },
  ])('is 20 ms around the playhead and inside of the run: $where', ({ cursor, duration, from, to }) => {
    expect(traceWindow(cursor, duration)).toEqual({ from, to });
  });
});

describe('the frame for a page of one’s own', () => {
  it('shows the link’s moment in the diagram alone, and says what it is', () => {
    expect(
      frameOf('https://host.example/a/play/#/db-only?at=1s&speed=1/10', 'Slow & "small"', 1_000_000),
    ).toBe(
      '<iframe src="https://host.example/a/play/?embed#/db-only?at=1s&amp;speed=1/10" ' +
        'title="Slow &amp; &quot;small&quot;: a simulation in Throughline, from 1.000\u2009s on" ' +
        'width="960" height="540" style="border:0" loading="lazy"></iframe>',
    );
  });
});

describe('words in a picture', () => {
  it.each([
    ['<script>"A" & B</script>', '&lt;script&gt;&quot;A&quot; &amp; B&lt;/script&gt;'],
    ['bell\u0007, null\u0000', 'bell, null'],
    ['größer 🌍', 'größer 🌍'],
    ['no \uffff, half a \ud83c', 'no , half a '],
  ])('stand for themselves: %j', (text, written) => {
    expect(escapeXml(text)).toBe(written);
  });

  it('never end the element that they stand in', () => {
    const svg = documentOf({ width: 10, height: 20 }, '</title><script/>', '#fff', '');
    expect(svg.match(/<[a-z]+/g)).toEqual(['<svg', '<title', '<rect']);
  });
});

describe('the brush that writes', () => {
  it('draws a path with the looks that it has then, and none where nothing was traced', () => {
    const brush = new SvgBrush();
    brush.stroke();
    brush.beginPath();
    brush.moveTo(0, 1.006);
    brush.lineTo(10.5, 2);
    brush.strokeStyle = '#f00';
    brush.setLineDash([4, 3]);
    brush.stroke();
    brush.setLineDash([]);
    brush.globalAlpha = 0.5;
    brush.fillStyle = '#0f0';
    brush.fill();
    expect(brush.elements).toBe(
      '<path d="M0 1.01L10.5 2" fill="none" stroke="#f00" stroke-width="1" stroke-linejoin="miter" stroke-dasharray="4 3"/>' +
        '<path d="M0 1.01L10.5 2" fill="#0f0" opacity="0.5"/>',
    );
  });

  it('rounds each corner as it is told, and writes words where they stand', () => {
    const brush = new SvgBrush();
    brush.roundRect(1, 2, 10, 20, [3, 0, 0, 0]);
    brush.fill();
    brush.font = '600 12px "JetBrains Mono Variable", monospace';
    brush.textAlign = 'right';
    brush.fillText('a < b', 5, 6);
    expect(brush.elements).toBe(
      '<path d="M4 2H11V22H1V5a3 3 0 0 1 3 -3Z" fill="#000"/>' +
        '<text x="5" y="6" fill="#000" font-size="12" font-weight="600" ' +
        `font-family="'JetBrains Mono', Menlo, Consolas, monospace" text-anchor="end">a &lt; b</text>`,
    );
    expect(brush.measureText('12345').width).toBeCloseTo(36);
  });
});
