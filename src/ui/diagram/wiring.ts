/**
 * Which ways a policy uses and why, read from its table: the diagram draws those edges and no others, and knows which of
 * a run's counts travels on which edge. It follows the steps that the document's choices leave reachable and takes no
 * part in what they mean.
 */
import {
  OCCASIONS,
  type Occasion,
  type PolicyTable,
  type Routine,
  type Trigger,
} from '../../design/policies/table.ts';

/** Why an operation comes to a step: always, because the cache missed, or because a call took too long. */
export type Why = 'always' | 'miss' | 'timeout';

export interface Choices {
  readonly order: string;
  readonly onTimeout: string;
  /** Whether calls to the cache are bounded at all. */
  readonly timed: boolean;
}

/** One kind of message on one kind of link. */
export interface Use {
  readonly link: 'app-cache' | 'cache-store' | 'app-store';
  readonly message: Trigger;
  /** The client operation, or the message, whose routine sends it. */
  readonly within: Occasion;
  readonly why: Why;
}

/** Every use that a policy makes of the links between tiers, under the document's choices. */
export function usesOf(table: PolicyTable, choices: Choices): Use[] {
  const uses: Use[] = [];
  for (const actor of ['app', 'cache'] as const)
    for (const within of OCCASIONS) {
      const routine = table[actor][within];
      if (routine !== undefined)
        follow(routine, choices, ({ to, message, why }) =>
          uses.push({ link: linkOf(actor, to), message, within, why }),
        );
    }
  return uses;
}

export function isUsed(uses: readonly Use[], link: string): boolean {
  return link === 'client-app' || uses.some((use) => use.link === link);
}

function linkOf(actor: 'app' | 'cache', to: 'cache' | 'store'): Use['link'] {
  if (actor === 'cache') return 'cache-store';
  return to === 'cache' ? 'app-cache' : 'app-store';
}

type Sent = { to: 'cache' | 'store'; message: Trigger; why: Why };

function follow(routine: Routine, choices: Choices, onSent: (sent: Sent) => void): void {
  const seen = new Set<string>();
  const visit = (name: string | undefined, why: Why): void => {
    if (name === undefined || seen.has(name)) return;
    seen.add(name);
    const step = routine[name];
    if (step === undefined) return;
    switch (step.do) {
      case 'call':
        onSent({ to: step.to, message: step.message, why });
        visit(step.ok, why);
        visit(step.miss, 'miss');
        visit(step.refused, why);
        if (step.within === 'client.timeout' || (step.within !== undefined && choices.timed))
          visit(step.timeout, 'timeout');
        return;
      case 'send':
        if (step.to === 'cache') onSent({ to: step.to, message: step.message, why });
        visit(step.then, why);
        return;
      case 'lookup':
        visit(step.hit, why);
        visit(step.miss, 'miss');
        visit(step.due, why);
        return;
      case 'join':
        visit(step.lead, why);
        visit(step.landed, why);
        return;
      case 'choose':
        visit(step.cases[step.by === 'cache.order' ? choices.order : choices.onTimeout], why);
        return;
      case 'apply':
      case 'remove':
      case 'invalidate':
      case 'serve':
      case 'land':
      case 'buffer':
      case 'clear':
        visit(step.then, why);
        return;
      case 'reply':
      case 'end':
        return;
    }
  };
  visit(Object.keys(routine)[0], 'always');
}
