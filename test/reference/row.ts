/**
 * One comparison of the engine with something that it did not compute: a closed form, a published figure, an exact
 * count. Tests assert on such rows and the table of the validation prints them, so that both say the same.
 */
export interface ReferenceRow {
  /** The part of the engine that is compared: 'caches', 'queues', ... */
  readonly area: string;
  readonly name: string;
  readonly reference: number;
  readonly measured: number;
  /** Of `measured`, from independent replications; 0 where it has to be exact. */
  readonly standardError: number;
  /** Of reference, measured and error alike: 'ms', 'probability', 'requests', ... */
  readonly unit: string;
  /** Where the reference comes from: author and year, or the theorem's name. */
  readonly source: string;
}
