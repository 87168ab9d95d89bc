/** The array itself when it holds `length` ints, else one of twice the size or more with the same content. */
export function grown(array: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> {
  if (length <= array.length) return array;
  const larger = new Int32Array(Math.max(length, array.length * 2));
  larger.set(array);
  return larger;
}

/** The least power of two that is at least `length`, and at least 16. */
export function powerOfTwoFrom(length: number): number {
  let size = 16;
  while (size < length) size *= 2;
  return size;
}
