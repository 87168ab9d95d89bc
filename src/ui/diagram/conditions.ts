/**
 * How a node is at the cursor, in words: what the faults of the document do to it at that instant, and what its host does
 * by the series where no fault says so (a replica that is back but still catching up).
 */
import { printDuration, printShare } from '../../base/units.ts';
import type { Design, Fault } from '../../design/design.ts';
import { CLIENTS, leaderName, nodesOf, zoneName, type NodeInfo } from '../../design/nodes.ts';
import { BUCKET_US, NODE_STATE } from '../../design/readings.ts';
import type { SeriesReading } from '../../engine/readings.ts';
import { nodeAt } from '../../replay/frame.ts';
import { THIN } from '../format.ts';
import { prettyText } from '../pretty.ts';

export interface Condition {
  /** Empty when it is well. */
  readonly words: string;
  /** A fault holds, or its host is crashed, paused or cut off. */
  readonly hurt: boolean;
  /** It answers nobody and has no numbers. */
  readonly down: boolean;
}

const WELL: Condition = { words: '', hurt: false, down: false };

/** The same where one line has no room for the whole sentence: `down 3.2 s`. */
export function inBrief(words: string): string {
  return words.replaceAll(/, back in| for good/g, '');
}

export type Hits = ReadonlyMap<string, readonly Fault[]>;

/** Every fault of a design by the name of each node, and of each link, that it hits. */
export function hitsOf(design: Design, series: SeriesReading | undefined): Hits {
  const hits = new Map<string, Fault[]>();
  for (const fault of design.faults)
    for (const name of victimsOf(design, series, fault)) {
      const known = hits.get(name);
      if (known === undefined) hits.set(name, [fault]);
      else known.push(fault);
    }
  return hits;
}

function victimsOf(design: Design, series: SeriesReading | undefined, { target, at }: Fault): string[] {
  const nodes = nodesOf(design);
  if (target === 'workload') return [CLIENTS];
  const inZone = nodes.filter((node) => zoneName(node.zone) === target);
  if (inZone.length > 0) return inZone.map((node) => node.name);
  const shard = nodes.find((node) => node.shard !== undefined && leaderName(node.shard) === target)?.shard;
  if (shard === undefined) return [target];
  const replicas = nodes.filter((node) => node.shard === shard);
  const leader = replicas.find((node) => ledAt(series, node, at)) ?? replicas[0];
  return leader === undefined ? [] : [leader.name];
}

/** Whether a replica led when a fault struck: by the bucket before it. */
function ledAt(series: SeriesReading | undefined, { id }: NodeInfo, at: number): boolean {
  if (series === undefined || at < BUCKET_US || at > series.buckets * BUCKET_US) return false;
  return nodeAt(series, id, at - BUCKET_US).leads === 1;
}

function holds({ at, for: length }: Fault, cursor: number): boolean {
  return at <= cursor && (length === undefined || cursor < at + length);
}

/** The faults that hold, those that add up to one as the one that they come to. */
function takenTogether(faults: readonly Fault[], cursor: number): readonly Fault[] {
  const taken: Fault[] = [];
  for (const fault of faults) {
    if (!holds(fault, cursor)) continue;
    const at = taken.findIndex(({ kind }) => kind === fault.kind);
    const both = at < 0 ? undefined : bothOf(taken[at], fault);
    if (both === undefined) taken.push(fault);
    else taken[at] = both;
  }
  return taken;
}

/** What two faults of a kind come to: as the engine has it, factors multiply, delays add, and chances are independent. */
function bothOf(a: Fault | undefined, b: Fault): Fault | undefined {
  if (a?.kind === 'slow' && b.kind === 'slow') return { ...a, factor: rounded(a.factor * b.factor) };
  if (a?.kind === 'delay' && b.kind === 'delay') return { ...a, by: a.by + b.by };
  if (a?.kind === 'drop' && b.kind === 'drop')
    return { ...a, share: rounded(1 - (1 - a.share) * (1 - b.share)) };
  return undefined;
}

/** To three significant digits. */
function rounded(value: number): number {
  return Number(value.toPrecision(3));
}

/** @param state NODE_STATE by the series; NaN when unknown */
export function conditionAt(faults: readonly Fault[] | undefined, state: number, cursor: number): Condition {
  let words = '';
  let hurt = false;
  let down = false;
  for (const fault of faults === undefined ? [] : takenTogether(faults, cursor)) {
    const said = wordsOf(fault, cursor);
    if (said === undefined) continue;
    hurt = true;
    down ||= fault.kind === 'crash' || fault.kind === 'destroy';
    words = words === '' ? said : `${words}, ${said}`;
  }
  if (words !== '') return { words, hurt, down };
  switch (state) {
    case NODE_STATE.crashed:
      return { words: 'down', hurt: true, down: true };
    case NODE_STATE.paused:
      return { words: 'paused', hurt: true, down: false };
    case NODE_STATE.cutOff:
      return { words: 'cut off', hurt: true, down: false };
    case NODE_STATE.catchingUp:
      return { words: 'catching up', hurt: false, down: false };
    default:
      return WELL;
  }
}

function wordsOf(fault: Fault, cursor: number): string | undefined {
  const back =
    fault.for === undefined
      ? undefined
      : `${(Math.ceil((fault.at + fault.for - cursor) / 1e5) / 10).toFixed(1)}${THIN}s`;
  switch (fault.kind) {
    case 'slow':
      return `slow ×${prettyText(String(fault.factor))}`;
    case 'delay':
      return `+${prettyText(printDuration(fault.by))}`;
    case 'crash':
    case 'destroy':
      return back === undefined ? 'down for good' : `down, back in ${back}`;
    case 'pause':
      return back === undefined ? 'paused' : `paused, back in ${back}`;
    case 'partition':
      return 'cut off';
    case 'drop':
      return `drops ${prettyText(printShare(fault.share))}`;
    case 'surge':
      return `surge ×${fault.factor}`;
    case 'hotkey':
      return `hot key ${prettyText(printShare(fault.share))}`;
    case 'flush':
      return undefined;
  }
}
