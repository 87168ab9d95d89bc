/**
 * The diagram's pulse: one function for each card, edge band and layer of marks is called when something that they show
 * has changed, and writes what it shows straight to the page: marks once a frame, and what is read, not followed by the
 * eye, ten times a second while it plays (five while a run is rendered). Nothing here goes through React, so that a cursor
 * that moves sixty times a second costs no more than what it changes.
 */
import { createContext, useContext } from 'react';
import type { Session } from '../../state/session.ts';
import { pageFrames } from '../frames.ts';
import { readingTurn } from '../writeText.ts';
import { Moment } from './moment.ts';

export type Paint = (now: Moment) => void;

/** Spoken labels follow at most so often. */
const SPEAK_EVERY_MS = 1000;

export class Beat {
  readonly moment = new Moment();
  readonly #session: Session;
  readonly #paints = new Set<Paint>();
  readonly #readings = new Set<Paint>();
  readonly #followers = new Set<Paint>();
  readonly #speakers = new Set<Paint>();
  /** The turn in which what is read was last painted; -1: it is due. */
  #readIn = -1;
  #speaking: ReturnType<typeof setTimeout> | undefined;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Follows the stores until the returned function is called. */
  start(): () => void {
    const request = () => this.request();
    const subscriptions = [this.#session.view.subscribe(request), this.#session.run.subscribe(request)];
    this.request();
    return () => {
      for (const end of subscriptions) end();
      pageFrames.forget(this.#frame);
      clearTimeout(this.#speaking);
      this.#speaking = undefined;
    };
  }

  /** Paints at the next frame, or in this one once everything has moved. */
  request(): void {
    pageFrames.paint(this.#frame);
  }

  /** Paints everything now. */
  paint(): void {
    this.#pulse(true);
  }

  readonly #frame = (now: number): void => {
    const turn = readingTurn(now, this.#session.run.getState());
    const due = !this.#session.view.getState().playing || turn !== this.#readIn;
    this.#readIn = turn;
    this.#pulse(due);
  };

  #pulse(readings: boolean): void {
    this.moment.update(this.#session.run.getState(), this.#session.view.getState());
    for (const paint of this.#paints) paint(this.moment);
    if (readings) {
      for (const paint of this.#readings) paint(this.moment);
      for (const follow of this.#followers) follow(this.moment);
    }
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

  /** As `add`, for what is read: at most ten times a second while it plays. */
  addReading(paint: Paint): () => void {
    return this.#addRead(this.#readings, paint);
  }

  /** As `addReading`, after everything else is painted: for what tells of the picture. */
  addFollower(follow: Paint): () => void {
    return this.#addRead(this.#followers, follow);
  }

  /** Calls `speak` at most once a second while anything changes: for what screen readers are told. */
  addSpeaker(speak: Paint): () => void {
    this.#speakers.add(speak);
    this.request();
    return () => this.#speakers.delete(speak);
  }

  #addRead(set: Set<Paint>, paint: Paint): () => void {
    set.add(paint);
    this.#readIn = -1;
    this.request();
    return () => set.delete(paint);
  }
}

export const BeatContext = createContext<Beat | undefined>(undefined);

export function useBeat(): Beat {
  const beat = useContext(BeatContext);
  if (beat === undefined) throw new Error('There is no beat around this component');
  return beat;
}
