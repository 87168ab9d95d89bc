/** The button that opens the panel, for those who come by key. */
export const EXPORT_OPENER = 'export-opener';

/** Opens the panel, or closes it; the focus is at its button, one step before what is in it. */
export function toggleExport(): void {
  const button = document.getElementById(EXPORT_OPENER);
  button?.focus();
  button?.click();
}
