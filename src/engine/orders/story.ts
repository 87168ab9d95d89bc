/**
 * What happens in an order, step by step, for whoever puts it into words: which message arrived where, and what it did
 * there. It is made of what the recorder writes down, and changes nothing.
 */
import { EVENT, EVENT_WIDTH, EVENTS, MESSAGES, VIOLATION_KINDS } from '../../design/readings.ts';
import type { EventType, MessageKind } from '../../design/readings.ts';
import { nodesOf } from '../../design/nodes.ts';
import { AWAITED, CALL, CALLER, FROM, KIND, NODE, OPERATION, STATUS, WRITE } from '../calls.ts';
import { B_SENT, B_WAITS, BUFFERED } from '../flushBuffer.ts';
import { isGather, isPart } from '../gathers.ts';
import { OP, OP_ATTEMPT, OP_ID, OP_KIND, OP_WRITE, OpKind } from '../operations.ts';
import type { Oracle } from '../oracle.ts';
import { record, type Recorder } from '../recorder.ts';
import { SHARD, S_LEADER } from '../store.ts';
import { Event, type World } from '../world.ts';
import { crashTarget, Disk } from './disk.ts';
import type { ChosenWheel } from './drive.ts';
import { isSpent } from './gathered.ts';
import type { Injected } from './injected.ts';
import { FAULT_MOVE, placeOfStart, SYNC_MOVE } from './moves.ts';
import type { OperationKind } from './scope.ts';

export interface Effect {
  readonly type: EventType;
  readonly at: string;
  /** The version that it was done to; -1: none. */
  readonly version: number;
}

interface Place {
  /** Whose doing it was: where a message arrived, a disk was done, or nobody answered in time. */
  readonly at: string;
}

/** One thing that happened. Versions are numbered in the order in which their PUTs began; 0 is the initial one. */
export type Happening =
  | ({ readonly what: 'begins'; readonly message: OperationKind; readonly version: number } & Place)
  | ({ readonly what: 'returns' | 'syncs' } & Place)
  /** Versions that it wrote and had not synced are gone from its disk. */
  | ({ readonly what: 'crashes'; readonly unsynced: readonly number[] } & Place)
  /** A client sends the same operation once more. */
  | ({ readonly what: 'retries'; readonly message: OperationKind; readonly version: number } & Place)
  | ({
      /** An answer that nobody waits for any more is `late`. */
      readonly what: 'arrives' | 'served' | 'answered' | 'late' | 'timesOut';
      readonly message: MessageKind;
      readonly version: number;
      /** Who sent the request, or the answer; who waited in vain. */
      readonly other: string;
      readonly ok: boolean;
    } & Place)
  /** A coordinator keeps a version for the replicas that have not acknowledged it; and sends it to one of them. */
  | ({ readonly what: 'keepsHint'; readonly version: number } & Place)
  | ({ readonly what: 'sendsHint'; readonly version: number; readonly other: string } & Place)
  | ({ readonly what: 'elects' | 'hearsOfTerm' | 'caughtUp' } & Place)
  /** A flush that is `held` begins when the one under way is over. */
  | ({ readonly what: 'flushes'; readonly version: number; readonly held: boolean } & Place);

export type Step = Happening & {
  readonly effects: readonly Effect[];
  /** Bit k: VIOLATION_KINDS[k] has been counted by the end of it. */
  readonly violations: number;
};

/** Bit k: the oracle has counted a violation of VIOLATION_KINDS[k]. */
export function violationsOf(oracle: Oracle): number {
  let bits = 0;
  for (let kind = 0; kind < VIOLATION_KINDS.length; kind++)
    if (oracle.counts[VIOLATION_KINDS[kind]!] > 0) bits |= 1 << kind;
  return bits;
}

function messageOf(kind: number): OperationKind {
  return kind === OpKind.put ? 'put' : 'get';
}

export class Story {
  readonly steps: Step[] = [];
  readonly #w: World;
  readonly #wheel: ChosenWheel;
  readonly #injected: Injected;
  readonly #operations: readonly OperationKind[];
  readonly #clients: readonly string[];
  readonly #recorder: Recorder;
  #told = 0;
  #marked = 0;

  /** `sessions` has one for every operation. */
  constructor(
    w: World,
    wheel: ChosenWheel,
    injected: Injected,
    operations: readonly OperationKind[],
    sessions: readonly number[],
  ) {
    this.#w = w;
    this.#wheel = wheel;
    this.#injected = injected;
    this.#operations = operations;
    const distinct = [...new Set(sessions)];
    this.#clients = sessions.map((session) => `client ${distinct.indexOf(session) + 1}`);
    this.#recorder = record(w, { oneIn: 1, focus: new Set(), key: -1, session: -1 });
  }

  /** A move begins, which `forget` takes back. */
  mark(): void {
    this.#marked = this.steps.length;
  }

  forget(): void {
    this.steps.length = this.#marked;
  }

  /** What a move is, before it is made. */
  begin(move: number): Happening {
    if (move === FAULT_MOVE) return this.#fault();
    if (move === SYNC_MOVE) return { what: 'syncs', at: this.#nameOf(crashTarget(this.#w)) };
    if (move < 0) {
      const i = placeOfStart(move);
      const message = this.#operations[i]!;
      const version = message === 'put' ? this.#w.oracle.writeCount : 0;
      return { what: 'begins', at: this.#clients[i]!, message, version };
    }
    const kind = this.#wheel.kindOf(move);
    const row = this.#wheel.rowOf(move);
    switch (kind) {
      case Event.elect:
        return { what: 'elects', at: `shard-${row + 1}` };
      case Event.hearTerm:
        return { what: 'hearsOfTerm', at: this.#nameOf(Math.abs(row)) };
      case Event.caughtUp:
        return { what: 'caughtUp', at: this.#nameOf(row) };
      case Event.flushDue:
        return this.#flush(row);
      case Event.clientTimeout:
        return this.#clientTimeout(row);
      case Event.retry:
        return this.#retry(row);
      case Event.resend:
        return this.#hint(row);
      case Event.callTimeout:
        if (isGather(this.#w.calls, row)) return { ...this.#hint(row), what: 'keepsHint' };
        return this.#ofCall('timesOut', row, this.#w.calls.at[row * CALL + AWAITED]!);
      case Event.arrive:
        return this.#ofCall('arrives', 0, row);
      case Event.served:
        return this.#ofCall('served', 0, row);
      default:
        return this.#ofCall(this.#isAwaited(row) ? 'answered' : 'late', 0, row);
    }
  }

  /** The move has been made: what came of it. */
  end(happening: Happening): void {
    const rows = this.#recorder.events.take(this.#told);
    this.#told = this.#recorder.events.count;
    const effects: Effect[] = [];
    for (let o = 0; o < rows.length; o += EVENT_WIDTH) {
      const [type, node, version] = [rows[o + EVENT.type]!, rows[o + EVENT.node]!, rows[o + EVENT.version]!];
      effects.push({ type: EVENTS[type]!, at: this.#nameOf(node), version });
    }
    this.steps.push({ ...happening, effects, violations: violationsOf(this.#w.oracle) });
  }

  #fault(): Happening {
    const { faults, oracle } = this.#w;
    const { begins, fault } = faults.instants[faults.passed]!;
    if (!begins) return { what: 'returns', at: this.#nameOf(faults.targetOf(fault)) };
    const written = new Disk(this.#w).unsynced().filter(({ before }) => before < 0);
    return {
      what: 'crashes',
      at: this.#nameOf(crashTarget(this.#w)),
      unsynced: written.map(({ write }) => oracle.numberOf(write)).reverse(),
    };
  }

  #flush(slot: number): Happening {
    const { buffered, oracle } = this.#w;
    const o = slot * BUFFERED;
    return {
      what: 'flushes',
      at: this.#nameOf(this.#w.cacheNodeOf(slot)),
      version: oracle.numberOf(buffered.at[o + B_WAITS]!),
      held: buffered.at[o + B_SENT] !== 0,
    };
  }

  #clientTimeout(op: number): Happening {
    const { operations, oracle, calls } = this.#w;
    const o = op * OP;
    const attempt = operations.at[o + OP_ATTEMPT]!;
    return {
      what: 'timesOut',
      at: attempt === 0 ? 'app' : this.#nameOf(calls.at[attempt * CALL + NODE]!),
      other: this.#clientOf(operations.at[o + OP_ID]!),
      message: messageOf(operations.at[o + OP_KIND]!),
      version: oracle.numberOf(operations.at[o + OP_WRITE]!),
      ok: false,
    };
  }

  #retry(op: number): Happening {
    const { operations, oracle } = this.#w;
    return {
      what: 'retries',
      at: this.#clientOf(operations.at[op * OP + OP_ID]!),
      message: messageOf(operations.at[op * OP + OP_KIND]!),
      version: oracle.numberOf(operations.at[op * OP + OP_WRITE]!),
    };
  }

  #hint(row: number): Extract<Happening, { readonly what: 'sendsHint' }> {
    const { calls, oracle } = this.#w;
    const o = row * CALL;
    return {
      what: 'sendsHint',
      at: this.#nameOf(calls.at[o + FROM]!),
      other: this.#nameOf(calls.at[o + NODE]!),
      version: oracle.numberOf(calls.at[o + WRITE]!),
    };
  }

  /** `at` is where the event happens: the callee, or for an answer the caller. */
  #ofCall(
    what: 'arrives' | 'served' | 'answered' | 'late' | 'timesOut',
    waiting: number,
    row: number,
  ): Happening {
    const at = this.#w.calls.at;
    const o = row * CALL;
    const callee = this.#nameOf(at[o + NODE]!);
    const caller = at[o + FROM] === 0 ? this.#clientOf(at[o + OPERATION]!) : this.#nameOf(at[o + FROM]!);
    const home = what === 'answered' || what === 'late';
    // The call that is waited for may be lost: then the one that waits says what it was about.
    const about = row !== 0 ? o : waiting * CALL;
    return {
      what,
      at: row === 0 ? 'nobody' : home ? caller : callee,
      other: row === 0 ? this.#nameOf(at[about + NODE]!) : home ? callee : caller,
      message: MESSAGES[at[about + KIND]!]!,
      version: this.#w.oracle.numberOf(at[about + WRITE]!),
      ok: at[about + STATUS] === 0,
    };
  }

  #isAwaited(row: number): boolean {
    const { calls, operations } = this.#w;
    const caller = calls.at[row * CALL + CALLER]!;
    if (calls.at[row * CALL + FROM] === 0) return operations.waits(caller, calls.at[row * CALL + OPERATION]!);
    if (isPart(calls, row)) return !isSpent(this.#w, caller);
    // A copy's acknowledgement is for the leader, who waits for no message in particular.
    return caller === 0 || calls.at[caller * CALL + AWAITED] === row;
  }

  #clientOf(operation: number): string {
    return this.#clients[this.#injected.placeOf(operation)]!;
  }

  #nameOf(node: number): string {
    if (node === 0) return 'client';
    const { firstStore } = this.#w.nodes;
    const { rf } = this.#w.store;
    const shard = Math.floor((node - firstStore) / rf);
    if (
      node >= firstStore &&
      !this.#w.leaderless &&
      this.#w.store.shard[shard * SHARD + S_LEADER] === (node - firstStore) % rf
    )
      return `shard-${shard + 1} leader`;
    return nodesOf(this.#w.design)[node]!.name;
  }
}
