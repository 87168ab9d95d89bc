/**
 * The diagram's pulse: one function for each card, edge band and layer of marks is called once a frame when something
 * that they show has changed, and writes what it shows straight to the page. Nothing here goes through React, so that a
 * cursor that moves sixty times a second costs no more than what it changes.
 */
import { createContext, useContext } from 'react';
import type { Session } from '../../state/session.ts';
import { Moment } from './moment.ts';

export type Paint = (now: Moment) => void;

/** Spoken labels follow at most so often. */
const SPEAK_EVERY_MS = 1000;

export class Beat {
  readonly moment = new Moment();
  readonly #session: Session;
  readonly #paints = new Set<Paint>();
  readonly #followers = new Set<Paint>();
  readonly #speakers = new Set<Paint>();
  #frame: number | undefined;
  #speaking: ReturnType<typeof setTimeout> | undefined;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Follows the stores until the returned function is called. */
  start(): () => void {
    const request = () => this.request();
    const stops = [this.#session.view.subscribe(request), this.#session.run.subscribe(request)];
    this.request();
    return () => {
      for (const stop of stops) stop();
      if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
      clearTimeout(this.#speaking);
      this.#frame = undefined;
      this.#speaking = undefined;
    };
  }

  /** Paints at the next frame. */
  request(): void {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined;
      this.paint();
    });
  }

  /** Paints now. */
  paint(): void {
    this.moment.update(this.#session.run.getState(), this.#session.view.getState());
    for (const paint of this.#paints) paint(this.moment);
    for (const follow of this.#followers) follow(this.moment);
    this.#speaking ??= setTimeout(() => {
      this.#speaking = undefined;
      for (const speak of this.#speakers) speak(this.moment);
    }, SPEAK_EVERY_MS);
  }

  /** Calls `paint` at every pulse, and soon for the first time. Returns how to stop that. */
  add(paint: Paint): () => void {
    this.#paints.add(paint);
    this.request();
    return () => this.#paints.delete(paint);
  }

  /** Calls `follow` after everything else is painted: for what tells of the picture. */
  addFollower(follow: Paint): () => void {
    this.#followers.add(follow);
    this.request();
    return () => this.#followers.delete(follow);
  }

  /** Calls `speak` at most once a second while anything changes: for what screen readers are told. */
  addSpeaker(speak: Paint): () => void {
    this.#speakers.add(speak);
    this.request();
    return () => this.#speakers.delete(speak);
  }
}

export const BeatContext = createContext<Beat | undefined>(undefined);

export function useBeat(): Beat {
  const beat = useContext(BeatContext);
  if (beat === undefined) throw new Error('There is no beat around this component');
  return beat;
}
