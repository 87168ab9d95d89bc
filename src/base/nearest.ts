/** Which of the words that are allowed was probably meant. */

/** Longer words are not compared: no name is. */
const LONGEST = 64;

/**
 * Of `words` the one that is fewest edits away from `text` (a letter put in, left out, changed, or two neighbours
 * swapped), the first one of several; undefined when all of it would have to be written anew.
 */
export function nearestWord(text: string, words: readonly string[]): string | undefined {
  if (text.length > LONGEST) return undefined;
  const lower = text.toLowerCase();
  let best: string | undefined;
  let bestDistance = Infinity;
  for (const word of words) {
    const most = Math.min(bestDistance, Math.max(lower.length, word.length)) - 1;
    const distance = editDistance(lower, word.toLowerCase(), most);
    if (distance <= most) {
      best = word;
      bestDistance = distance;
    }
  }
  return best;
}

/** The same where more of it stays than is written anew: else something else was meant. */
export function likelyWord(text: string, words: readonly string[]): string | undefined {
  const nearest = nearestWord(text, words);
  return nearest !== undefined &&
    editDistance(text.toLowerCase(), nearest.toLowerCase()) <= nearest.length / 2
    ? nearest
    : undefined;
}

/**
 * Optimal string alignment distance (Damerau and Levenshtein's, no substring edited twice). Past `most` it is only
 * said to be more: the number is then any above `most`.
 */
export function editDistance(a: string, b: string, most = Infinity): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let [beforeLast, last, row] = [rowFor(b), rowFor(b), rowFor(b)];
  for (let j = 0; j <= b.length; j++) last[j] = j;
  for (let i = 1; i <= a.length; i++) {
    row[0] = i;
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1);
      let distance = Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + (same ? 0 : 1));
      const swapped = i > 1 && j > 1 && a.charCodeAt(i - 1) === b.charCodeAt(j - 2);
      if (swapped && a.charCodeAt(i - 2) === b.charCodeAt(j - 1))
        distance = Math.min(distance, at(beforeLast, j - 2) + 1);
      row[j] = distance;
      least = Math.min(least, distance);
    }
    // The least of a row grows by one at the most, so no way leads back from here.
    if (least > most + 1) return least;
    [beforeLast, last, row] = [last, row, beforeLast];
  }
  return at(last, b.length);
}

function rowFor(text: string): Int32Array {
  return new Int32Array(text.length + 1);
}

function at(row: Int32Array, index: number): number {
  return row[index] ?? 0;
}
