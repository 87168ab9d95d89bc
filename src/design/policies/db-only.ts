/** No cache at all: what every other policy is to be measured against. */
import { appReadsStore, appWritesStore } from './routines.ts';
import type { PolicyTable } from './table.ts';

export const dbOnly: PolicyTable = {
  app: { put: appWritesStore, get: appReadsStore },
  cache: {},
};
