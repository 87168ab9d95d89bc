/**
 * What a view keeps of a design that has changed: nothing is selected, watched or followed that is no longer there, and
 * the timeline shows all of the run if it did before. It knows nothing of what is rendered.
 */
import type { Design } from '../design/design.ts';
import { LINKS, nodesOf } from '../design/nodes.ts';
import type { ViewStore } from './view.ts';

/** The names of what can be selected in a design: its nodes, then the links between its tiers. */
export function selectableNames(design: Design): readonly string[] {
  return [...nodesOf(design).map(({ name }) => name), ...LINKS];
}

/** Lets go of what was in the design before and is not in this one. */
export function tidyView(view: ViewStore, design: Design, before: Design): void {
  const { selection, selectedFault, cursor, zoom, watchedKey, followedSession } = view.getState();
  if (selection !== undefined && !selectableNames(design).includes(selection)) view.select(undefined);
  if (selectedFault !== undefined && selectedFault >= design.faults.length) view.selectFault(undefined);
  if (watchedKey >= design.workload.keys) view.watch(0);
  if (followedSession !== undefined && followedSession >= design.workload.sessions) view.follow(undefined);
  if (design.duration === before.duration) return;
  const whole = zoom.from === 0 && zoom.to === before.duration;
  view.setZoom(whole ? { from: 0, to: design.duration } : zoom);
  if (cursor > design.duration) view.seek(design.duration);
}
