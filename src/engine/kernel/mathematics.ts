/**
 * The logarithm, the exponential function and the normal quantile, equal to the last bit in every engine: browsers differ
 * in the last bit of their own. Made of exact operations alone, which IEEE 754 lays down, and of nothing else.
 */

const SQRT2 = 1.4142135623730951;
/** ln 2 in two parts: the first ends in zeros, so that its products with exponents are exact. */
const LN2_HIGH = 6.9314718036912382e-1;
const LN2_LOW = 1.9082149292705877e-10;
const LN2 = LN2_HIGH + LN2_LOW;

const BIAS = 1023;
const EXPONENT_AT = 20; // in the upper 32 bits of a double
const FRACTION = 0xf_ffff;
const LEAST_NORMAL = 2.2250738585072014e-308;
const TWO_54 = 18014398509481984;

const double = new DataView(new ArrayBuffer(8));

/** The natural logarithm; within an ulp. */
export function ln(x: number): number {
  if (x === 0) return -Infinity;
  if (!(x > 0 && x < Infinity)) return x > 0 ? x : NaN;
  if (x < LEAST_NORMAL) return ln(x * TWO_54) - 54 * LN2;
  // x = m 2^k with m between sqrt(1/2) and sqrt(2).
  double.setFloat64(0, x);
  const upper = double.getUint32(0);
  double.setUint32(0, (upper & FRACTION) | (BIAS << EXPONENT_AT));
  let m = double.getFloat64(0);
  let k = (upper >>> EXPONENT_AT) - BIAS;
  if (m > SQRT2) {
    m /= 2;
    k++;
  }
  // ln(1 + f) = 2 atanh(s), s = f / (2 + f); its first term is written as f - s f = f - f²/2 + s f²/2, whose large part is exact.
  const f = m - 1;
  const s = f / (2 + f);
  const z = s * s;
  let rest = 0;
  for (let n = 23; n >= 3; n -= 2) rest = z * (2 / n + rest);
  const half = (f * f) / 2;
  return k * LN2_HIGH - (half - (s * (half + rest) + k * LN2_LOW) - f);
}

/** e to the x; within an ulp, and 0 or Infinity past what a double holds. */
export function exp(x: number): number {
  if (x > 710) return Infinity;
  if (x < -746) return 0;
  // x = k ln 2 + r, with r = high - low at most half of ln 2.
  const k = Math.floor(x / LN2 + 0.5);
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  let rest = 0;
  for (let n = 14; n >= 2; n--) rest = (r / n) * (1 + rest);
  // In two steps, since 2^k itself may be past what a double holds.
  const half = k >> 1;
  return (1 + (high + (r * rest - low))) * twoTo(half) * twoTo(k - half);
}

function twoTo(k: number): number {
  double.setFloat64(0, 1);
  double.setUint32(0, (k + BIAS) << EXPONENT_AT);
  return double.getFloat64(0);
}

/** Ratios of two polynomials of degree 7, constant term first. */
interface Ratio {
  readonly over: readonly number[];
  readonly under: readonly number[];
}

// M. J. Wichura, Algorithm AS 241: The Percentage Points of the Normal Distribution, Applied Statistics 37 (1988).
const CENTRE: Ratio = {
  over: [
    3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987,
    67265.7709270087, 33430.57558358813, 2509.0809287301227,
  ],
  under: [
    1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271,
    28729.085735721943, 5226.495278852854,
  ],
};
const FLANK: Ratio = {
  over: [
    1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684,
    0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
  ],
  under: [
    1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
    0.0005475938084995345, 1.0507500716444169e-9,
  ],
};
const FAR: Ratio = {
  over: [
    6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
    0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
  ],
  under: [
    1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133,
    1.8463183175100548e-5, 1.421511758316446e-7, 2.0442631033899397e-15,
  ],
};

/** The standard normal's quantile at `below`, given with its complement `above` = 1 - below: the smaller is the precise one. */
export function normalQuantile(below: number, above: number): number {
  const q = below < above ? 0.5 - below : 0.5 - above;
  const size =
    q <= 0.425 ? q * ratioAt(CENTRE, 0.180625 - q * q) : tail(Math.sqrt(-ln(Math.min(below, above))));
  return below < above ? -size : size;
}

function tail(r: number): number {
  if (r === Infinity) return r;
  return r <= 5 ? ratioAt(FLANK, r - 1.6) : ratioAt(FAR, r - 5);
}

function ratioAt({ over, under }: Ratio, x: number): number {
  const at = (sum: number, coefficient: number): number => sum * x + coefficient;
  return over.reduceRight(at, 0) / under.reduceRight(at, 0);
}
