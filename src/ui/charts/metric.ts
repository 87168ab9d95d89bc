/**
 * What a chart is, as data: metrics that share a scale and a strip of the screen. The registry in `tracks.ts` lists
 * them all; the timeline, the panel for small screens and the table for screen readers are drawn from it.
 */
import type { Design } from '../../design/design.ts';
import type { SeriesReading } from '../../engine/readings.ts';
import type { Hue, MarkName } from '../marks/shapes.ts';
import type { Scale } from './scale.ts';

/** What stands before a metric's name: a mark of the vocabulary, a piece of its line, or a striped dot for staleness. */
export type Glyph =
  | { readonly kind: 'mark'; readonly name: MarkName; readonly size: number }
  | { readonly kind: 'line' }
  | { readonly kind: 'stale' };

export interface Metric {
  readonly key: string;
  readonly label: string;
  readonly glyph: Glyph;
  readonly hue: Hue;
  /** A thin line is 1 px, a strong one 1.5 px. */
  readonly weight: 'strong' | 'thin';
  /** What lies between the line and zero. */
  readonly area?: 'tint' | 'stripes';
  /** At zero, where all is well, no line is drawn. */
  readonly quietAtZero?: boolean;
  /** The value of a bucket in the track's unit; NaN where nothing was measured. */
  read(series: SeriesReading, bucket: number): number;
  print(value: number): string;
}

/** A labelled value on the vertical. */
export interface Line {
  readonly value: number;
  readonly label: string;
}

/** The smallest and the largest value there is to show; Infinity and -Infinity when there is none. */
export interface Extent {
  readonly low: number;
  readonly high: number;
}

/** What the charts are about: the design, and the cache node that is looked at alone, if one is. */
export interface Subject {
  readonly design: Design;
  /** The cache node that is selected, in a run of so many nodes. */
  readonly cacheNode: { readonly name: string; readonly id: number; readonly of: number } | undefined;
}

/** How high a chart is, pixels. */
export interface ChartHeight {
  /** In the room that a screen of 1440 x 900 leaves the timeline. */
  readonly natural: number;
  /** The least it can be read in. */
  readonly least: number;
  /** Where it stands in a sheet of its own, as on small screens. */
  readonly alone: number;
}

export interface Track {
  readonly key: string;
  readonly name: string;
  readonly height: ChartHeight;
  metrics(subject: Subject): readonly Metric[];
  /** Lines of the contract, drawn dashed. */
  limits(design: Design): readonly Line[];
  scale(extent: Extent, limits: readonly Line[]): Scale;
  grid(scale: Scale): readonly Line[];
}
