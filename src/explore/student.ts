/**
 * Student's t distribution, for what a few seeds can tell: its share around the middle in closed form, and how wide the
 * middle must be for a given share. After Student (1908), in the form of Abramowitz & Stegun 26.7.3 and 26.7.4.
 */

/** The probability that |T| is at most `t`, for T of Student's distribution with a whole number of `degrees` of freedom. */
export function centralShare(t: number, degrees: number): number {
  const length = Math.sqrt(degrees + t * t);
  const sine = t / length;
  const cosine = Math.sqrt(degrees) / length;
  const odd = degrees % 2 === 1;
  let term = odd ? cosine : 1;
  let sum = degrees === 1 ? 0 : term;
  for (let i = odd ? 2 : 1; i <= degrees - 3; i += 2) {
    term *= (cosine * cosine * i) / (i + 1);
    sum += term;
  }
  return odd ? (2 / Math.PI) * (Math.atan2(t, Math.sqrt(degrees)) + sine * sum) : sine * sum;
}

/** How many standard errors around the mean hold `share` of it: 12.706 for 95 % and one degree of freedom. */
export function studentT(share: number, degrees: number): number {
  let low = 0;
  let high = 1;
  while (centralShare(high, degrees) < share) high *= 2;
  // Halved until the two are neighbours among the numbers there are.
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return high;
    if (centralShare(middle, degrees) < share) low = middle;
    else high = middle;
  }
}
