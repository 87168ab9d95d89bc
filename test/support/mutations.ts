/** Links changed at random, from a pinned seed: a typing mistake, a digit, a pair moved, left out, doubled or made up. */

const TYPED = 'abcdefgstv019.:=&@-%+*/?#~_ "\u00e9';
const MADE_UP = [
  '__proto__=1',
  '__proto__.polluted=1',
  'constructor.prototype.x=1',
  'layout.__proto__=1,2',
  'prices.constructor=1',
  'cache.__proto__=x',
  'cache.toString=x',
  'fault=__proto__:slow:20@1s',
  'fault=cache-1:constructor@1s',
  'cache.ttl=%E0%A4%A',
  'notes=~~~~',
  'seed=1e999',
  'zones=0x10',
];

/** Random whole numbers below `n`: Marsaglia's xorshift. */
function randomBelow(seed: number): (n: number) => number {
  let state = seed | 1;
  return (n) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % n;
  };
}

export function* mutations(links: readonly string[], count: number, seed: number): Generator<string> {
  const random = randomBelow(seed);
  const pick = <T>(items: readonly T[]): T | undefined => items[random(items.length)];
  for (let i = 0; i < count; i++) {
    let link = pick(links) ?? '';
    for (let changes = 1 + random(2); changes > 0; changes--) link = mutate(link, random);
    yield link;
  }
}

function mutate(link: string, random: (n: number) => number): string {
  const at = random(link.length + 1);
  const typed = TYPED.charAt(random(TYPED.length));
  switch (random(12)) {
    case 0:
      return link.slice(0, at) + typed + link.slice(at);
    case 1:
      return link.slice(0, at) + link.slice(at + 1);
    case 2:
      return link.slice(0, at) + typed + link.slice(at + 1);
    case 3:
      return link.slice(0, at);
    case 4:
    case 5:
    case 6:
      return mutatePairs(link, random);
    default:
      return link.slice(0, at) + link.slice(at).replace(/\d/, String(random(10)));
  }
}

function mutatePairs(link: string, random: (n: number) => number): string {
  const [path = '', ...pairs] = link.split(/[?&]/);
  const pair = random(Math.max(pairs.length, 1));
  const changed = [
    [...pairs, MADE_UP[random(MADE_UP.length)] ?? ''],
    pairs.toSpliced(pair, 1),
    [...pairs.slice(pair), ...pairs.slice(0, pair)],
    [...pairs, pairs[pair] ?? ''],
  ];
  return [path, changed[random(changed.length)]?.join('&')].join('?');
}
