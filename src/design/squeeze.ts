/**
 * Makes the settings of a large design short enough for a link. Sixty faults are the same dozen words again and again
 * with a few digits between them; deflate, which copies, spends most of its output on pointing at those words. This
 * predicts instead: every bit from what followed the same characters before, and an arithmetic coder spends on it what
 * the prediction was worth. The mixing of predictions follows Mahoney's lpaq. All arithmetic is on integers, so every
 * machine writes and reads the same bytes. For short ASCII texts alone: it takes microseconds a character.
 */
import { fromBase64Url, toBase64Url } from './linkText.ts';
import { LIMITS } from './limits.ts';

/**
 * What the predictor has read before it begins: the words of a link, in their order. Frozen: with another text here,
 * links that were sent before could not be read.
 */
const PRIMER = [
  'write-around?look-aside?db-only?write-behind?refresh-ahead?write-through-aside?write-through?',
  'seed=7&duration=120s&workload.puts=5000/s&workload.gets=50000/s&workload.keys=100000&workload.skew=0.8',
  '&workload.value=4KiB&workload.sessions=2000&workload.readBack=0.3&workload.readBackAfter=10ms&workload.arrivals=even',
  '&client.timeout=2s&client.retries=2&client.retryBudget=20%25&client.backoff=exp:50ms',
  '&app.nodes=8&app.concurrency=32&app.service=lognormal:0.2ms:0.8ms',
  '&cache.node=cache.small&cache.nodes=4&cache.memory=1GiB&cache.ttl=30s&cache.ttlJitter=10%25&cache.eviction=sieve',
  '&cache.concurrency=2&cache.read=lognormal:0.02ms:0.06ms&cache.write=lognormal:0.03ms:0.09ms&cache.order=store-first',
  '&cache.timeout=off&cache.onTimeout=fail&cache.singleFlight=true&cache.fencing=version&cache.flushDelay=500ms',
  '&cache.refreshAt=70%25&store.shards=4&store.rf=5&store.w=3&store.mode=leaderless&store.r=2&store.readFrom=leader',
  '&store.concurrency=16&store.read=0.9122*pareto:0.235ms:10+0.0878*exp:0.6024ms&store.write=lognormal:2ms:10ms',
  '&store.failover=5s&store.fsync=periodic:10s&store.readRepair=true&store.hintedHandoff=true&store.node=db.xlarge',
  '&store.disk=200GiB&store.legs.write=exp:4ms&store.legs.ack=exp:1ms&store.legs.read=exp:1ms&store.legs.response=exp:1ms',
  '&network.clientApp=const:1ms&network.appCache=uniform:0.1ms:0.2ms&network.cacheStore=lognormal:0.1ms:0.3ms',
  '&network.appStore=lognormal:0.1ms:0.3ms&network.replication=quantiles:p50=0.4ms,p90=0.7ms,p99=1.3ms,p99.9=5ms',
  '&network.crossZone=lognormal:0.5ms:1ms&zones=2&contract.getP99=40ms&contract.putP99=40ms&contract.staleness=10s',
  '&contract.rpo=1s&contract.availability=99.9%25&contract.readYourWrites=99%25',
  '&layout.app-1=120,-40&layout.cache-1=360,80&layout.shard-1=640,200&prices.cache.large=0.25',
  '&fault=cache-1:slow:20@10s+8s&fault=shard-1.leader:crash@20.5s+8s&fault=cache-2:flush@30.2s',
  '&fault=replication:delay:200ms@5.1s&fault=app-3:pause@12.7s+0.7s&fault=shard-2.replica-3:destroy@35s',
  '&fault=zone-2:partition@40.9s+3.7s&fault=app-cache:drop:1%25@8s+1.3s&fault=workload:surge:2@50s+5s',
  '&fault=workload:hotkey:20%25@15s+10s&fault=cache-store:partition@31.6s+1.4s',
].join('');

const BITS_A_CHARACTER = 7;
const SLOT_BITS = 16;
const SLOTS = 1 << SLOT_BITS;
/** Contexts of so many characters; beside them, two that know where in a pair they are. */
const ORDERS = [0, 1, 2, 3, 4, 6] as const;
const CONTEXTS = ORDERS.length + 2;
/** Probabilities are of 16 bits in the slots and of 12 in the coder; weights are of 16 fractional bits. */
const ONE = 1 << 12;
const FIRST_WEIGHT = 18_000;
/** A slot learns as the mean of what it saw, until it has seen so much; then it forgets the oldest slowly. */
const RATES = Int32Array.from({ length: 30 }, (_, seen) => Math.floor(65_536 / (seen + 1.4)));

/** The logistic function from 8 fractional bits to 12, by points and straight lines between them. */
const SQUASH_POINTS = [
  1, 2, 3, 6, 10, 16, 27, 45, 73, 120, 194, 310, 488, 747, 1101, 1546, 2047, 2549, 2994, 3348, 3607, 3785,
  3901, 3975, 4022, 4050, 4068, 4079, 4085, 4089, 4092, 4093, 4094,
];

function squash(x: number): number {
  const bounded = Math.max(-2047, Math.min(2047, x)) + 2048;
  const [from, part] = [bounded >> 7, bounded & 127];
  return ((SQUASH_POINTS[from] ?? 0) * (128 - part) + (SQUASH_POINTS[from + 1] ?? 0) * part + 64) >> 7;
}

/** The inverse of `squash`. */
const STRETCH = new Int16Array(ONE).fill(2047);
for (let x = 2047; x >= -2047; x--) STRETCH.fill(x, 0, squash(x) + 1);

/** What has been learnt so far. Data, so that it can be copied. */
interface Memory {
  readonly probabilities: Uint16Array;
  readonly seen: Uint8Array;
  readonly weights: Float64Array;
}

function emptyMemory(): Memory {
  return {
    probabilities: new Uint16Array(CONTEXTS * SLOTS).fill(32_768),
    seen: new Uint8Array(CONTEXTS * SLOTS),
    weights: new Float64Array((CONTEXTS + 1) * CONTEXTS).fill(FIRST_WEIGHT),
  };
}

const SEPARATOR = /[&=:@,?+*-]/;
/** No key of a link is longer. What nobody wrote may decode to one that is. */
const LONGEST_KEY = 64;

/** Predicts a text bit by bit, and learns from each bit what it was. */
class Predictor {
  #history = '';
  #fields: string[] = [''];
  #fieldsBefore: string[] = [];
  /** Of the field that has begun, after its key and its number; and after the one before it and the one above it. */
  #inKey = hashOf('/1/', 91);
  #inPair = hashOf('//', 92);
  #partial = 1;
  readonly #hashes = new Int32Array(CONTEXTS);
  readonly #slots = new Int32Array(CONTEXTS);
  readonly #inputs = new Int32Array(CONTEXTS);
  #weightsAt = 0;
  #mixed = 0;

  constructor(readonly memory: Memory) {
    this.#rehash();
  }

  /** Probability that the next bit is 1, of 4096; from 1 to 4095. */
  predict(): number {
    const { probabilities, seen, weights } = this.memory;
    let known = 0;
    for (let i = 0; i < CONTEXTS; i++) {
      const hash = Math.imul((this.#hashes[i] ?? 0) + Math.imul(this.#partial, 0x9e3779b1), 0x85ebca6b);
      const slot = i * SLOTS + (hash >>> (32 - SLOT_BITS));
      this.#slots[i] = slot;
      this.#inputs[i] = STRETCH[(probabilities[slot] ?? 0) >> 4] ?? 0;
      if ((seen[slot] ?? 0) > 0) known++;
    }
    this.#weightsAt = known * CONTEXTS;
    let sum = 0;
    for (let i = 0; i < CONTEXTS; i++) sum += (weights[this.#weightsAt + i] ?? 0) * (this.#inputs[i] ?? 0);
    this.#mixed = squash(Math.floor(sum / 65_536));
    return Math.max(1, Math.min(ONE - 1, this.#mixed));
  }

  /** Takes in the bit that `predict` was asked about. */
  learn(bit: number): void {
    const { probabilities, seen, weights } = this.memory;
    const error = (bit << 12) - this.#mixed;
    for (let i = 0; i < CONTEXTS; i++) {
      const w = this.#weightsAt + i;
      weights[w] = (weights[w] ?? 0) + Math.floor(((this.#inputs[i] ?? 0) * error) / 1024);
      const slot = this.#slots[i] ?? 0;
      const before = probabilities[slot] ?? 0;
      const count = seen[slot] ?? 0;
      probabilities[slot] =
        before + Math.floor((((bit === 1 ? 65_535 : 0) - before) * (RATES[count] ?? 0)) / 65_536);
      if (count < RATES.length - 1) seen[slot] = count + 1;
    }
    this.#partial = (this.#partial << 1) | bit;
    if (this.#partial >> BITS_A_CHARACTER === 0) return;
    this.#take(String.fromCharCode(this.#partial & 127));
    this.#partial = 1;
    this.#rehash();
  }

  #take(character: string): void {
    this.#history = (this.#history + character).slice(-8);
    if (character === '&') {
      this.#fieldsBefore = this.#fields;
      this.#fields = [];
      this.#beginField();
    } else if (SEPARATOR.test(character)) this.#beginField();
    else this.#goOn(character);
  }

  #beginField(): void {
    const field = this.#fields.push('');
    this.#inKey = hashOf(`${(this.#fields[0] ?? '').slice(0, LONGEST_KEY)}/${field}/`, 91);
    this.#inPair = hashOf(`${this.#fields[field - 2] ?? ''}/${this.#fieldsBefore[field - 1] ?? ''}/`, 92);
  }

  /** A field may be as long as the text: its hash is never begun anew, but for that of a key, which begins with itself. */
  #goOn(character: string): void {
    const text = (this.#fields.pop() ?? '') + character;
    const field = this.#fields.push(text);
    this.#inPair = hashedOn(this.#inPair, character);
    this.#inKey =
      field === 1 && text.length <= LONGEST_KEY
        ? hashOf(`${text}/1/${text}`, 91)
        : hashedOn(this.#inKey, character);
  }

  #rehash(): void {
    ORDERS.forEach((order, i) => {
      this.#hashes[i] = hashOf(order === 0 ? '' : this.#history.slice(-order), i);
    });
    this.#hashes[ORDERS.length] = this.#inKey;
    this.#hashes[ORDERS.length + 1] = this.#inPair;
  }
}

function hashOf(text: string, salt: number): number {
  return hashedOn(Math.imul(salt + 1, 0x9e3779b1), text);
}

/** The hash of a text that goes on. */
function hashedOn(before: number, text: string): number {
  let hash = before;
  for (let i = 0; i < text.length; i++)
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) ^ (hash >>> 15);
  return hash;
}

let primed: Memory | undefined;

function predictor(): Predictor {
  if (primed === undefined) {
    primed = emptyMemory();
    const reader = new Predictor(primed);
    for (const character of PRIMER)
      for (let i = BITS_A_CHARACTER - 1; i >= 0; i--) {
        reader.predict();
        reader.learn((character.charCodeAt(0) >> i) & 1);
      }
  }
  const { probabilities, seen, weights } = primed;
  return new Predictor({
    probabilities: probabilities.slice(),
    seen: seen.slice(),
    weights: weights.slice(),
  });
}

/** Where the interval of all texts that are still possible is cut in two. */
function cut(low: number, high: number, probability: number): number {
  return low + Math.floor(((high - low) * probability) / ONE);
}

const TOP = 0x100000000;
const END = 0;

/** A short ASCII text (codes 1 to 127) as letters, digits, `-` and `_`; undefined when it is too long for that. */
export function squeeze(text: string): string | undefined {
  if (text.length > LIMITS.squeezed) return undefined;
  const model = predictor();
  const bytes: number[] = [];
  let [low, high] = [0, TOP - 1];
  for (let at = 0; at <= text.length; at++) {
    const code = at < text.length ? text.charCodeAt(at) : END;
    for (let i = BITS_A_CHARACTER - 1; i >= 0; i--) {
      const bit = (code >> i) & 1;
      const middle = cut(low, high, model.predict());
      if (bit === 1) high = middle;
      else low = middle + 1;
      model.learn(bit);
      while (low >>> 24 === high >>> 24) {
        bytes.push(low >>> 24);
        [low, high] = [(low << 8) >>> 0, ((high << 8) | 255) >>> 0];
      }
    }
  }
  bytes.push(...shortestBetween(low, high));
  while (bytes.at(-1) === 0) bytes.pop();
  return toBase64Url(Uint8Array.from(bytes));
}

/** The fewest bytes that name a number from `low` to `high`: what is missing at the end is read as zeros. */
function shortestBetween(low: number, high: number): number[] {
  const bytes: number[] = [];
  for (let unit = TOP; unit >= 1; unit /= 256) {
    const number = Math.ceil(low / unit) * unit;
    if (number <= high) {
      for (let place = TOP / 256; place >= unit; place /= 256) bytes.push(Math.floor(number / place) % 256);
      break;
    }
  }
  return bytes;
}

/** How far behind the end of its bytes a text may still be: further on there is nothing but guesses. */
const LOOK_AHEAD = 8;
const FIRST_PRINTABLE = 33;

/** The text that `squeezed` was made of; undefined when it was made of none. */
export function unsqueeze(squeezed: string): string | undefined {
  const bytes = fromBase64Url(squeezed);
  if (bytes === undefined) return undefined;
  const model = predictor();
  let [low, high, number, at] = [0, TOP - 1, 0, 0];
  for (; at < 4; at++) number = ((number << 8) | (bytes[at] ?? 0)) >>> 0;
  let text = '';
  while (text.length <= LIMITS.squeezed && at <= bytes.length + LOOK_AHEAD) {
    let code = 0;
    for (let i = 0; i < BITS_A_CHARACTER; i++) {
      const middle = cut(low, high, model.predict());
      const bit = number <= middle ? 1 : 0;
      if (bit === 1) high = middle;
      else low = middle + 1;
      model.learn(bit);
      code = (code << 1) | bit;
      while (low >>> 24 === high >>> 24) {
        number = ((number << 8) | (bytes[at++] ?? 0)) >>> 0;
        [low, high] = [(low << 8) >>> 0, ((high << 8) | 255) >>> 0];
      }
    }
    if (code === END) return text;
    if (code < FIRST_PRINTABLE) return undefined;
    text += String.fromCharCode(code);
  }
  return undefined;
}
