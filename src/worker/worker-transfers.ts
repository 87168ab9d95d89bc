/**
 * Hands over an array of each kind that a worker's replies consist of. The first one that is handed over ends what V8 takes
 * for granted of all arrays of its kind, and with that all code that was compiled on it. While a worker comes to life there is
 * none yet; with its first reply it would be all of the engine, to be compiled once more.
 */
for (const array of [new Int32Array(1), new Float64Array(1)])
  structuredClone(array, { transfer: [array.buffer] });
