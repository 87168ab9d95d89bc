/**
 * Where the steps of a policy's table lead in a design: what the document has chosen is resolved, and a call that nothing
 * bounds never runs out of time. The screen prints and draws by it; the engine, which compiles tables, has no use for it.
 */
import type { Micros } from '../../base/units.ts';
import type { Design } from '../design.ts';
import type { Step } from './table.ts';

type Call = Extract<Step, { do: 'call' }>;

/** Where a step leads that only says what the document has chosen; undefined: it does something itself. */
export function pastChoice(step: Step, { cache }: Design): string | undefined {
  if (step.do === 'choose') return step.cases[step.by === 'cache.order' ? cache.order : cache.onTimeout];
  if ((step.do === 'join' || step.do === 'land') && step.by !== undefined && !cache.singleFlight)
    return step.do === 'join' ? step.lead : step.then;
  return undefined;
}

/** How long a call is waited for, microseconds. */
export function limitOf({ within }: Call, { cache, client }: Design): Micros | 'off' {
  if (within === undefined) return 'off';
  return within === 'cache.timeout' ? cache.timeout : client.timeout;
}

/** The outcomes of a step that can come about in this design, and the names of the steps that follow them. */
export function waysOf(step: Step, design: Design): readonly (readonly [string, string])[] {
  switch (step.do) {
    case 'call':
      return [
        ['ok', step.ok],
        ...(step.miss === undefined ? [] : [['miss', step.miss] as const]),
        ...(step.refused === undefined ? [] : [['refused', step.refused] as const]),
        ...(step.timeout === undefined || limitOf(step, design) === 'off'
          ? []
          : [['timeout', step.timeout] as const]),
      ];
    case 'lookup':
      return [
        ['hit', step.hit],
        ['miss', step.miss],
        ...(step.due === undefined ? [] : [['due', step.due] as const]),
      ];
    case 'join':
      return [
        ['first', step.lead],
        ['else', step.landed],
      ];
    case 'choose':
      return Object.entries(step.cases);
    case 'reply':
    case 'end':
      return [];
    default:
      return [['', step.then]];
  }
}
