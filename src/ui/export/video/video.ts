/**
 * The one video that is being made, if there is one: first its messages are fetched, then it is recorded as it plays. It
 * goes on when the panel is closed, and belongs to the run that was on the screen when it was begun.
 */
import { createStore } from 'zustand/vanilla';
import { PACE } from '../../../design/linkView.ts';
import type { Session } from '../../../state/session.ts';
import { windowIn } from '../../../state/footage.ts';
import { readPalette } from '../../marks/palette.ts';
import { say } from '../../said.ts';
import { nameOf } from '../../share/files.ts';
import { save } from '../../share/save.ts';
import { canvasPicture } from '../scene/diagramPicture.ts';
import { planOf } from '../scene/scene.ts';
import { lengthOf, MOST_BYTES, type VideoPlan } from './plan.ts';
import { recordCanvas } from './record.ts';

export interface VideoState {
  readonly phase: 'idle' | 'fetching' | 'recording';
  /** Of the phase, 0 to 1. */
  readonly share: number;
}

const IDLE: VideoState = { phase: 'idle', share: 0 };
export const video = createStore<VideoState>()(() => IDLE);
/** Counts the videos that were begun: who is told of another one has been given up on. */
let begun = 0;

/** Room for the diagram, CSS pixels, so that its words can be read in a small player; and how dense it is recorded. */
const ROOM = { w: 960, h: 472 };
const DENSITY = 1.5;

/** Makes a video and saves it; where that cannot be done, says why. Does nothing while another one is made. */
export async function makeVideo(session: Session, plan: VideoPlan): Promise<void> {
  const [run, view] = [session.run.getState(), session.view.getState()];
  const { design } = run;
  if (design === undefined || video.getState().phase !== 'idle') return;
  const number = ++begun;
  const isWanted = () => number === begun && video.getState().phase !== 'idle';
  const goOn = (phase: VideoState['phase']) => (share: number) => {
    if (!isWanted()) return false;
    video.setState({ phase, share });
    return true;
  };
  const fail = (reason: string): void => {
    if (!isWanted()) return;
    video.setState(IDLE);
    if (reason !== 'cancelled') say(`The video could not be made: ${reason}`);
  };
  video.setState({ phase: 'fetching', share: 0 });
  const { from, to, speed } = plan;
  const stretch = { from, to, speed, key: view.watchedKey, session: view.followedSession };
  const footage = await session.footage(stretch, goOn('fetching'));
  if (!footage.ok) {
    fail(footage.error);
    return;
  }
  await document.fonts.ready;
  const picture = canvasPicture(planOf(design, ROOM), readPalette(), DENSITY);
  const recorded = await recordCanvas({
    canvas: picture.canvas,
    length: lengthOf(plan),
    draw(elapsed) {
      const cursor = Math.min(to - 1, from + elapsed * 1000 * PACE[speed]);
      const detail = windowIn(footage.value, cursor);
      picture.paint({ run, view: { ...view, cursor, speed, playing: true, detail } });
    },
    progress: goOn('recording'),
  });
  if (!recorded.ok) {
    fail(recorded.error);
    return;
  }
  video.setState(IDLE);
  const name = `${nameOf(design)}.webm`;
  save(name, recorded.value.film);
  if (recorded.value.cut)
    say(`Saved as ${name}. It ends early: no video is larger than ${MOST_BYTES / 1024 / 1024} MiB.`);
}

export function cancelVideo(): void {
  video.setState(IDLE);
}
