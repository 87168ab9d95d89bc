/** How many bits of an int are set. Counted side by side, without a branch: how many there are cannot be foreseen. */
export function bitsIn(mask: number): number {
  const pairs = (mask - ((mask >>> 1) & 0x55555555)) | 0;
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
