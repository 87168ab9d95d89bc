/**
 * One chart as a picture of its own: the same lines that the timeline draws over the same window, with a title, a legend,
 * the axis of time and the labels that stand beside it on the screen.
 */
import type { Design } from '../../design/design.ts';
import { nodesOf } from '../../design/nodes.ts';
import type { SeriesReading } from '../../engine/readings.ts';
import { titleOfDesign } from '../../replay/carry/report.ts';
import type { ViewState } from '../../state/view.ts';
import { ticksOf, type Axis } from '../charts/axis.ts';
import { drawChartsWith } from '../charts/draw.ts';
import type { Metric, Track } from '../charts/metric.ts';
import { placeTrack } from '../charts/placed.ts';
import { yOf } from '../charts/scale.ts';
import { THIN } from '../format.ts';
import { readPalette, type Palette } from '../marks/palette.ts';
import { SvgBrush } from './svgBrush.ts';
import { documentOf, words, type Picture } from './svg.ts';

const WIDTH = 960;
const PLOT_HEIGHT = 240;
const LEFT = 16;
/** For the labels of limits and grid. */
const RIGHT = 64;
const TOP = 64;
const BOTTOM = 32;
const STRIPES = 'stripes';

/** What a chart is of: the readings of a run, and the design that they belong to. */
export interface Charted {
  readonly series: SeriesReading;
  readonly design: Design;
}

/** The chart of a track over the timeline's window; of the cache node that is selected, too, where it has a line of its own. */
export function chartPicture({ series, design }: Charted, view: ViewState, track: Track): Picture {
  const title = titleOfDesign(design);
  const { zoom, selection } = view;
  const palette = readPalette();
  const axis: Axis = { ...zoom, width: WIDTH - LEFT - RIGHT };
  const nodes = nodesOf(design);
  const node = nodes.find(({ name, tier }) => tier === 'cache' && name === selection);
  const placed = placeTrack(
    track,
    { top: 0, height: PLOT_HEIGHT },
    {
      design,
      cacheNode: node === undefined ? undefined : { name: node.name, id: node.id, of: nodes.length },
    },
    [series],
  );
  const brush = new SvgBrush();
  drawChartsWith(
    brush,
    { axis, height: PLOT_HEIGHT, tracks: [placed], now: series, before: undefined, palette },
    `url(#${STRIPES})`,
  );
  const labels = [
    ...placed.grid.map((line) => ({ ...line, fill: palette['ink-3'] })),
    ...placed.limits.map((line) => ({ ...line, fill: palette.bad })),
  ].map(({ value, label, fill }) =>
    words(label, WIDTH - RIGHT + 6, TOP + yOf(placed.scale, value, placed.band) + 4, fill),
  );
  const height = TOP + PLOT_HEIGHT + BOTTOM;
  const elements =
    stripes(palette) +
    `<g font-size="13" font-weight="600">${words(`${track.name} · ${title}`, LEFT, 24, palette.ink)}</g>` +
    legend(placed.metrics, palette) +
    `<svg x="${LEFT}" y="${TOP}" width="${axis.width}" height="${PLOT_HEIGHT}" overflow="hidden">${brush.elements}</svg>` +
    labels.join('') +
    times(axis, palette);
  return {
    width: WIDTH,
    height,
    svg: documentOf({ width: WIDTH, height }, `${track.name}, ${title}`, palette['bg-1'], elements),
  };
}

function legend(metrics: readonly Metric[], palette: Palette): string {
  let x = LEFT;
  return metrics
    .map(({ label, hue, weight }) => {
      const line = `<path d="M${x} 44h16" stroke="${palette[hue]}" stroke-width="${weight === 'strong' ? 2.5 : 1}"/>`;
      const text = words(label, x + 22, 48, palette['ink-2']);
      x += 22 + label.length * 6.2 + 20;
      return line + text;
    })
    .join('');
}

function times(axis: Axis, palette: Palette): string {
  return ticksOf(axis)
    .filter(({ digits }) => digits !== '')
    .map(({ x, digits }) =>
      words(`${digits}${THIN}s`, LEFT + x, TOP + PLOT_HEIGHT + 18, palette['ink-3'], 'middle'),
    )
    .join('');
}

function stripes({ inv }: Palette): string {
  return (
    `<defs><pattern id="${STRIPES}" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">` +
    `<rect width="1.6" height="4" fill="${inv}"/></pattern></defs>`
  );
}
