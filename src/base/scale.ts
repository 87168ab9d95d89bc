/**
 * What people count in, in what this project counts in. Apart from how amounts are read and written, which whoever needs
 * a number need not load.
 */

// In microseconds.
export const MS = 1000;
export const SECOND = 1000 * MS;
export const MINUTE = 60 * SECOND;

// In bytes.
export const GB = 1e9;
export const GIB = 1024 * 1024 * 1024;
