/** The button of the comparison, by its id: it stands in the top bar of either screen, and whoever goes over is at it. */
export const COMPARE_OPENER = 'compare-button';
