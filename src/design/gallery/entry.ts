/**
 * What the gallery shows: a design with a name, a title and one sentence, and for numbers that are not ours, where they
 * are from. Data alone; whoever shows an entry draws its picture from its design.
 */
import { deepFreeze } from '../../base/freeze.ts';
import { designOf, type Differences } from '../anomalies/anomaly.ts';
import type { Design } from '../design.ts';

export interface GalleryEntry {
  /** Unique among all entries: what the command line knows it by. */
  readonly key: string;
  readonly title: string;
  readonly sentence: string;
  readonly design: Design;
  /** The same design with what it suffers from taken away, and the sentence that says how. */
  readonly remedy?: { readonly sentence: string; readonly design: Design };
  /** Where its numbers were printed. */
  readonly source?: string;
}

export interface GalleryGroup {
  readonly key: string;
  readonly title: string;
  readonly entries: readonly GalleryEntry[];
}

/** An entry whose design is the seed's with these differences, by the keys of a link. It carries its title along. */
export function entry(
  key: string,
  title: string,
  sentence: string,
  differences: Differences,
  source?: string,
): GalleryEntry {
  const design = designOf({ title, ...differences });
  return { key, title, sentence, design: deepFreeze(design), ...(source === undefined ? {} : { source }) };
}
