/**
 * Which entries a few typed words mean, best first. Every word has to be found: at the beginning of a word it counts
 * most, then inside one, then as letters in that order (`wtb` for write-behind). Pure, and of texts alone.
 */

/** How well one typed word is found in a text, both in lower case; 0 where it is not. */
function scoreOf(text: string, word: string): number {
  if (text.startsWith(word)) return 4;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
    if (!/[\w$]/.test(text[at - 1] ?? '')) return 3;
  if (text.includes(word)) return 2;
  return hasLetters(text, word) ? 1 : 0;
}

/** Whether the letters stand in the text in this order, each at the beginning of a word or right behind the one before. */
function hasLetters(text: string, letters: string): boolean {
  let from = 0;
  for (const letter of letters) {
    let at = text.indexOf(letter, from);
    while (at > from && /\w/.test(text[at - 1] ?? '')) at = text.indexOf(letter, at + 1);
    if (at < 0) return false;
    from = at + 1;
  }
  return true;
}

/** Those of `entries` in which every word of `typed` is found, the best first; in their own order where they are as good. */
export function find<E extends { readonly words: string; readonly more?: string }>(
  entries: readonly E[],
  typed: string,
): readonly E[] {
  const words = typed
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return entries;
  const found: { entry: E; score: number }[] = [];
  for (const entry of entries) {
    const text = entry.words.toLowerCase();
    const more = (entry.more ?? '').toLowerCase();
    let score = 0;
    for (const word of words) {
      // What explains an entry counts less than what it is called.
      const here = scoreOf(text, word) || (more.includes(word) ? 0.5 : 0);
      if (here === 0) {
        score = 0;
        break;
      }
      score += here;
    }
    if (score > 0) found.push({ entry, score });
  }
  return found.sort((a, b) => b.score - a.score).map(({ entry }) => entry);
}
