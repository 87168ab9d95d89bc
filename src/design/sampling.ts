/**
 * Which operations a fair sample holds: decided by the operation's number alone, so that windows which overlap agree,
 * and so that whoever draws can tell the sample from what was recorded for another reason.
 */

/** Whether the operation is in a sample of one in `oneIn`. Numbers that follow each other are spread evenly. */
export function isSampled(operation: number, oneIn: number): boolean {
  return Math.imul(operation, 0x9e3779b1) >>> 0 < 4294967296 / oneIn;
}
