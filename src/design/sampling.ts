/**
 * Which operations a fair sample holds: decided by the operation's number alone, so that windows which overlap agree,
 * and so that whoever draws can tell the sample from what was recorded for another reason.
 */
import type { Design } from './design.ts';

/** Operations a second of simulated time that are seen at full speed, about: what a run's film holds. */
export const FILMED_PER_SECOND = 180;

/** Messages of a film: about four minutes of the seed's design. What comes later is looked up as at any other speed. */
export const FILMED_LIMIT = 250_000;

/** One in how many operations a sample of about so many a second holds. */
export function oneInFor({ workload: { gets, puts } }: Design, perSecond: number): number {
  return Math.max(1, Math.round((gets + puts) / perSecond));
}

/** Whether the operation is in a sample of one in `oneIn`. Numbers that follow each other are spread evenly. */
export function isSampled(operation: number, oneIn: number): boolean {
  return spread(operation) < sampledBelow(oneIn);
}

/** Operations whose `spread` is less are in a sample of one in `oneIn`. */
export function sampledBelow(oneIn: number): number {
  return Math.ceil(0x1_0000_0000 / oneIn) - 0x8000_0000;
}

/** An int of 32 bits, any of which is as likely. */
export function spread(operation: number): number {
  return Math.imul(operation, 0x9e3779b1) ^ (1 << 31);
}
