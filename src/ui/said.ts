/** What the page has just said in passing (`Link copied`), for as long as it is worth reading. Never anything that must be read. */
import { createStore } from 'zustand/vanilla';

const LASTS_MS = 4_000;

export const said = createStore<{ text: string | undefined }>()(() => ({ text: undefined }));

let timer: ReturnType<typeof setTimeout> | undefined;

export function say(text: string): void {
  clearTimeout(timer);
  said.setState({ text });
  timer = setTimeout(() => said.setState({ text: undefined }), LASTS_MS);
}

/** Says it until it is taken back, or something else is said. */
export function keepSaying(text: string): void {
  clearTimeout(timer);
  said.setState({ text });
}

/** Says that no longer, once it is no longer so. */
export function unsay(text: string): void {
  if (said.getState().text === text) said.setState({ text: undefined });
}
