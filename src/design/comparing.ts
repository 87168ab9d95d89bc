/** With how many seeds two designs are compared where nobody says: few enough to wait for; with them the interval reaches 1.24 standard deviations to each side. */
export const DEFAULT_SEEDS = 5;
