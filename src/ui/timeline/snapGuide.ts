/** The instant that a dragged block holds on to, for as long as it is dragged. */
import { createStore } from 'zustand/vanilla';

export const snapGuide = createStore<{ at: number | undefined }>()(() => ({ at: undefined }));
