/**
 * Which ways a policy uses and why, read from its table: the diagram draws those edges and no others, and knows which of
 * a run's counts travels on which edge. It follows the steps that the document's choices leave reachable and takes no
 * part in what they mean.
 */
import type { Design } from '../../design/design.ts';
import type { LinkName } from '../../design/nodes.ts';
import { policyTable } from '../../design/policies/registry.ts';
import { OCCASIONS, type Occasion, type Routine, type Trigger } from '../../design/policies/table.ts';
import { pastChoice, waysOf } from '../../design/policies/ways.ts';

/** Why an operation comes to a step: always, because the cache missed, or because a call took too long. */
export type Why = 'always' | 'miss' | 'timeout';

/** One kind of message on one kind of link. */
export interface Use {
  readonly link: 'app-cache' | 'cache-store' | 'app-store';
  readonly message: Trigger;
  /** The client operation, or the message, whose routine sends it. */
  readonly within: Occasion;
  readonly why: Why;
}

/** Every use that a design's policy makes of the links between tiers. */
export function usesIn(design: Design): Use[] {
  const table = policyTable(design.policy);
  const uses: Use[] = [];
  for (const actor of ['app', 'cache'] as const)
    for (const within of OCCASIONS) {
      const routine = table[actor][within];
      if (routine !== undefined)
        follow(routine, design, ({ to, message, why }) =>
          uses.push({ link: linkOf(actor, to), message, within, why }),
        );
    }
  return uses;
}

export function isUsed(uses: readonly Use[], link: LinkName): boolean {
  return link === 'client-app' || uses.some((use) => use.link === link);
}

function linkOf(actor: 'app' | 'cache', to: 'cache' | 'store'): Use['link'] {
  if (actor === 'cache') return 'cache-store';
  return to === 'cache' ? 'app-cache' : 'app-store';
}

type Sent = { to: 'cache' | 'store'; message: Trigger; why: Why };

function follow(routine: Routine, design: Design, onSent: (sent: Sent) => void): void {
  const seen = new Set<string>();
  const visit = (name: string, why: Why): void => {
    const step = routine[name];
    if (step === undefined || seen.has(name)) return;
    seen.add(name);
    const chosen = pastChoice(step, design);
    if (chosen !== undefined) {
      visit(chosen, why);
      return;
    }
    if (step.do === 'call') onSent({ to: step.to, message: step.message, why });
    else if (step.do === 'send' && step.to === 'cache') onSent({ to: step.to, message: step.message, why });
    for (const [outcome, next] of waysOf(step, design))
      visit(next, outcome === 'miss' || outcome === 'timeout' ? outcome : why);
  };
  const [first] = Object.keys(routine);
  if (first !== undefined) visit(first, 'always');
}
