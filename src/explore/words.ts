/** An order in plain words: a line a step, with what the step did. It reads steps and never runs anything. */
import type { Effect, Step } from '../engine/orders/story.ts';

const MESSAGE: Readonly<Record<string, string>> = {
  put: 'PUT',
  get: 'GET',
  invalidate: 'the invalidation of',
  fill: 'the fill with',
  replicate: 'a copy of',
  commitNotice: 'news of the commit of',
};

/** Lines for all steps that anybody need hear of. */
export function linesOf(steps: readonly Step[]): string[] {
  return steps.flatMap((step) => {
    const said = sentence(step);
    const done = [...new Set(step.effects.flatMap((effect) => deed(effect, step)))];
    if (said === undefined) return done;
    return done.length === 0 ? [said] : [`${said}; ${done.join(', ')}`];
  });
}

function sentence(step: Step): string | undefined {
  switch (step.what) {
    case 'begins':
      return `${step.at} sends ${about(step.message, step.version)}`;
    case 'retries':
      return `${step.at} tries again: sends ${about(step.message, step.version)}`;
    case 'keepsHint':
      return `${step.at} keeps v${step.version} for the replicas that have not acknowledged it`;
    case 'sendsHint':
      return `${step.at} sends the v${step.version} that it kept for ${step.other}`;
    case 'crashes':
      return step.unsynced.length === 0
        ? `${step.at} crashes`
        : `${step.at} crashes, with ${step.unsynced.map((version) => `v${version}`).join(', ')} not on its disk yet`;
    case 'syncs':
      return `${step.at} syncs its disk`;
    case 'returns':
      return `${step.at} is back`;
    case 'elects':
      return `failover runs out at ${step.at}`;
    case 'hearsOfTerm':
      return `${step.at} hears of a newer leader`;
    case 'caughtUp':
      return `${step.at} has caught up`;
    case 'flushes':
      return `${step.at} ${step.held ? 'is due to flush' : 'flushes'} v${step.version}`;
    case 'timesOut':
      return `${step.at} times out for ${step.other} (${about(step.message, step.version)})`;
    case 'arrives':
      return `${step.at} receives ${about(step.message, step.version)}`;
    case 'served':
      return undefined;
    case 'late':
      return step.message === 'get' || step.message === 'put'
        ? `${step.other} answers ${step.at} too late (${about(step.message, step.version)})`
        : undefined;
    case 'answered':
      return answer(step);
  }
}

function answer(step: Extract<Step, { readonly ok: boolean }>): string | undefined {
  const { at, other, message, version, ok } = step;
  switch (message) {
    case 'put':
      return ok
        ? `${other} tells ${at} that PUT v${version} is done`
        : `${other} refuses ${at} PUT v${version}`;
    case 'get':
      if (!ok) return `${other} has no value for ${at}`;
      return at.startsWith('client') ? `${at} reads v${version}` : `${other} answers ${at} with v${version}`;
    case 'replicate':
      return `${at} hears that ${other} has v${version} on disk`;
    default:
      return `${other} answers ${at}`;
  }
}

/** A GET asks for whatever version there is. */
function about(message: string, version: number): string {
  return message === 'get' ? 'GET' : `${MESSAGE[message] ?? message} v${version}`;
}

function deed({ type, at, version }: Effect, step: Step): string[] {
  switch (type) {
    case 'apply':
      return [`${at} applies v${version}`];
    case 'commit':
      return [`${at} commits v${version}`];
    case 'expose':
      // The leader shows what it commits.
      return step.effects.some((other) => other.type === 'commit' && other.at === at)
        ? []
        : [`${at} shows v${version}`];
    case 'remove':
      return [`${at} drops its entry`];
    case 'refuse':
      return [`${at} refuses v${version} as older`];
    case 'hit':
      return [`${at} finds v${version}`];
    case 'miss':
      return [`${at} finds nothing`];
    case 'elected':
      return [`${at} is elected`];
    default:
      return [];
  }
}
