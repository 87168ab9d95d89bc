/** The nearest number between two bounds; the lower one where there is nothing between them. */
export function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}
