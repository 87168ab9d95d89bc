/**
 * One chart as a picture of its own: the same lines that the timeline draws over the same window, with a title, a legend,
 * the faults, the axis of time and the labels that stand beside it on the screen. As an SVG, and on a canvas with the page's
 * own fonts.
 */
import type { Design } from '../../design/design.ts';
import { nodesOf } from '../../design/nodes.ts';
import type { SeriesReading } from '../../engine/readings.ts';
import { titleOfDesign } from '../../replay/carry/report.ts';
import type { ViewState } from '../../state/view.ts';
import { ticksOf, type Axis } from '../charts/axis.ts';
import { drawChartsWith } from '../charts/draw.ts';
import type { Track } from '../charts/metric.ts';
import { placeTrack, type PlacedTrack } from '../charts/placed.ts';
import { yOf } from '../charts/scale.ts';
import { stripesOf } from '../charts/stripes.ts';
import { THIN } from '../format.ts';
import { readPalette, type Palette } from '../marks/palette.ts';
import { faultsOfChart, nameFaults, shadeFaults, type ChartFaults } from './faultsOfChart.ts';
import { write, type Ink } from './scene/brush.ts';
import { SvgBrush } from './svgBrush.ts';
import { documentOf, type Picture } from './svg.ts';

const WIDTH = 960;
const PLOT_HEIGHT = 240;
const LEFT = 16;
/** For the labels of limits and grid. */
const RIGHT = 64;
/** Down to the faults, and below them to the plot. */
const TOP = 64;
const BOTTOM = 32;
/** Twice the pixels, so that it is sharp where it is shown. */
const DENSITY = 2;
const STRIPES = { id: 'stripes', pitch: 4, width: 1.6 } as const;
/** A line of the legend, and what is left free after it and after its words, CSS pixels. */
const SWATCH = 16;
const GAP = { swatch: 6, words: 20 } as const;

/** What a chart is of: the readings of a run, and the design that they belong to. */
export interface Charted {
  readonly series: SeriesReading;
  readonly design: Design;
}

/** A chart, laid out. */
export interface Chart {
  readonly series: SeriesReading;
  /** Of the design. */
  readonly title: string;
  readonly axis: Axis;
  readonly track: PlacedTrack;
  readonly faults: ChartFaults;
  readonly palette: Palette;
}

/** Where the plot begins, and how high the whole is. */
function heightsOf({ faults }: Chart): { readonly top: number; readonly height: number } {
  const top = TOP + faults.height;
  return { top, height: top + PLOT_HEIGHT + BOTTOM };
}

/** The chart of a track over the timeline's window; of the cache node that is selected, too, where it has a line of its own. */
export function chartOf({ series, design }: Charted, { zoom, selection }: ViewState, track: Track): Chart {
  const nodes = nodesOf(design);
  const node = nodes.find(({ name, tier }) => tier === 'cache' && name === selection);
  const axis = { ...zoom, width: WIDTH - LEFT - RIGHT };
  return {
    series,
    title: titleOfDesign(design),
    axis,
    track: placeTrack(
      track,
      { top: 0, height: PLOT_HEIGHT },
      {
        design,
        cacheNode: node === undefined ? undefined : { name: node.name, id: node.id, of: nodes.length },
      },
      [series],
    ),
    faults: faultsOfChart(design, axis),
    palette: readPalette(),
  };
}

export function chartSvg(chart: Chart): Picture {
  const { palette, track, axis, title } = chart;
  const { top, height } = heightsOf(chart);
  const [plot, frame] = [new SvgBrush(), new SvgBrush()];
  const stripes = `url(#${STRIPES.id})`;
  drawPlot({ brush: plot, palette, stripes: { bad: palette.bad, inv: stripes } }, chart);
  drawFrame({ brush: frame, palette, stripes: { bad: palette.bad, inv: stripes } }, chart);
  const elements =
    `<defs><pattern id="${STRIPES.id}" width="${STRIPES.pitch}" height="${STRIPES.pitch}" patternUnits="userSpaceOnUse" ` +
    `patternTransform="rotate(45)"><rect width="${STRIPES.width}" height="${STRIPES.pitch}" fill="${palette.inv}"/></pattern></defs>` +
    `<svg x="${LEFT}" y="${top}" width="${axis.width}" height="${PLOT_HEIGHT}" overflow="hidden">${plot.elements}</svg>` +
    frame.elements;
  return {
    width: WIDTH,
    height,
    svg: documentOf({ width: WIDTH, height }, `${track.track.name}, ${title}`, palette['bg-1'], elements),
  };
}

export async function chartPng(chart: Chart): Promise<Blob> {
  await document.fonts.ready;
  const { palette } = chart;
  const { top, height } = heightsOf(chart);
  const canvas = new OffscreenCanvas(WIDTH * DENSITY, height * DENSITY);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('this browser gives no canvas to draw on');
  context.scale(DENSITY, DENSITY);
  context.fillStyle = palette['bg-1'];
  context.fillRect(0, 0, WIDTH, height);
  const inv = stripesOf(context, STRIPES.pitch, STRIPES.width, palette.inv) ?? palette.inv;
  const ink: Ink = { brush: context, palette, stripes: { bad: palette.bad, inv } };
  context.save();
  context.translate(LEFT, top);
  context.beginPath();
  context.rect(0, 0, chart.axis.width, PLOT_HEIGHT);
  context.clip();
  drawPlot(ink, chart);
  context.restore();
  drawFrame(ink, chart);
  return canvas.convertToBlob({ type: 'image/png' });
}

/** With (0, 0) at the plot's top left. */
function drawPlot(ink: Ink, { axis, track, series, faults }: Chart): void {
  const { brush, palette, stripes } = ink;
  shadeFaults(ink, faults, PLOT_HEIGHT);
  const picture = { axis, height: PLOT_HEIGHT, tracks: [track], now: series, before: undefined, palette };
  drawChartsWith(brush, picture, stripes.inv);
}

/** What stands around the plot. */
function drawFrame(ink: Ink, chart: Chart): void {
  const { axis, title, track, faults, palette } = chart;
  const { top } = heightsOf(chart);
  write(ink, `${track.track.name} · ${title}`, LEFT, 24, { fill: palette.ink, size: 13, weight: 600 });
  drawLegend(ink, track);
  nameFaults(ink, faults, axis, { x: LEFT, y: TOP });
  const lines = [
    ...track.grid.map((line) => ({ ...line, fill: palette['ink-3'] })),
    ...track.limits.map((line) => ({ ...line, fill: palette.bad })),
  ];
  for (const { value, label, fill } of lines)
    write(ink, label, WIDTH - RIGHT + 6, top + yOf(track.scale, value, track.band) + 4, { fill });
  for (const { x, digits } of ticksOf(axis))
    if (digits !== '')
      write(ink, `${digits}${THIN}s`, LEFT + x, top + PLOT_HEIGHT + 18, {
        fill: palette['ink-3'],
        align: 'center',
      });
}

function drawLegend(ink: Ink, { metrics }: PlacedTrack): void {
  const { brush, palette } = ink;
  let x = LEFT;
  for (const { label, hue, weight } of metrics) {
    brush.beginPath();
    brush.moveTo(x, 44);
    brush.lineTo(x + SWATCH, 44);
    brush.strokeStyle = palette[hue];
    brush.lineWidth = weight === 'strong' ? 2.5 : 1;
    brush.stroke();
    x += SWATCH + GAP.swatch;
    x += write(ink, label, x, 48, { fill: palette['ink-2'] }) + GAP.words;
  }
}
