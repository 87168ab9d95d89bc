/**
 * All of the gallery, in the order in which it is shown and listed: the policies, architectures, what breaks, and what
 * was measured in production. A new entry is a line in the file of its group.
 */
import { deepFreeze } from '../../base/freeze.ts';
import { designsOf } from '../anomalies/anomaly.ts';
import { ANOMALIES } from '../anomalies/table.ts';
import { PRESETS } from '../presets.ts';
import { ARCHITECTURES } from './architectures.ts';
import type { GalleryEntry, GalleryGroup } from './entry.ts';
import { PRODUCTION } from './production.ts';

const POLICIES: readonly GalleryEntry[] = PRESETS.map(({ name, title, sentence, design }) => ({
  key: name,
  title,
  sentence,
  design,
}));

const WHAT_BREAKS: readonly GalleryEntry[] = ANOMALIES.map((anomaly) => {
  const { key, title, sentence, remedy } = anomaly;
  const { shown, removed } = designsOf(anomaly);
  return {
    key,
    title,
    sentence,
    design: deepFreeze({ ...shown, title }),
    remedy: { sentence: remedy, design: deepFreeze({ ...removed, title: `${title}, remedied` }) },
  };
});

export const GALLERY: readonly GalleryGroup[] = [
  { key: 'policies', title: 'One design, seven policies', entries: POLICIES },
  { key: 'architectures', title: 'Architectures', entries: ARCHITECTURES },
  { key: 'breaks', title: 'What breaks', entries: WHAT_BREAKS },
  { key: 'production', title: 'Measured in production', entries: PRODUCTION },
];

/** The entry of a key, whichever group it is in; undefined where there is none. */
export function galleryEntry(key: string): GalleryEntry | undefined {
  return GALLERY.flatMap(({ entries }) => entries).find((each) => each.key === key);
}
