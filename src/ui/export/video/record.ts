/**
 * Records what is drawn on a canvas with the browser's own recorder, as WebM. It keeps the time: while the page is hidden
 * nothing is drawn, and the recording waits.
 */
import { err, ok, type Result } from '../../../base/result.ts';
import { BITS_PER_SECOND, MOST_BYTES } from './plan.ts';
import { withLength } from './webm.ts';

const TYPES = ['video/webm;codecs=vp9', 'video/webm;codecs=vp8', 'video/webm'] as const;
const FRAMES_PER_SECOND = 30;
/** How often the recorder hands over what it has, milliseconds. */
const PART_MS = 500;
/** Longer gaps do not let the run jump ahead. */
const LONGEST_FRAME_MS = 100;

/** What this browser can record; undefined where it has no recorder, or none for WebM. */
export function webmType(): string | undefined {
  if (!('MediaRecorder' in globalThis)) return undefined;
  return TYPES.find((type) => MediaRecorder.isTypeSupported(type));
}

export interface Recording {
  readonly canvas: HTMLCanvasElement;
  /** Milliseconds of play. */
  readonly length: number;
  /** Draws the frame so many milliseconds after the beginning. */
  readonly draw: (elapsed: number) => void;
  /** Is told the share that is recorded; once it returns false, the recording is given up. */
  readonly progress: (share: number) => boolean;
}

export interface Recorded {
  readonly film: Blob;
  /** Whether it ends early, since it has become as large as a video may be. */
  readonly cut: boolean;
}

export function recordCanvas({ canvas, length, draw, progress }: Recording): Promise<Result<Recorded>> {
  const mimeType = webmType();
  if (mimeType === undefined) return Promise.resolve(err('this browser records no WebM'));
  draw(0);
  const stream = canvas.captureStream(FRAMES_PER_SECOND);
  const recorder = new MediaRecorder(stream, { mimeType, videoBitsPerSecond: BITS_PER_SECOND });
  const parts: Blob[] = [];
  let bytes = 0;
  let given: Result<boolean> = err('cancelled');
  const follow = (): void => {
    if (recorder.state === 'inactive') return;
    if (document.hidden) recorder.pause();
    else recorder.resume();
  };

  return new Promise((done) => {
    const end = (outcome: Result<boolean>): void => {
      if (recorder.state === 'inactive') return;
      given = outcome;
      recorder.stop();
    };
    recorder.ondataavailable = ({ data }) => {
      parts.push(data);
      bytes += data.size;
      if (bytes > MOST_BYTES) end(ok(true));
    };
    recorder.onerror = () => {
      // It may have stopped of itself already.
      given = err('the browser’s recorder failed');
      end(given);
    };
    recorder.onstop = () => {
      document.removeEventListener('visibilitychange', follow);
      for (const track of stream.getTracks()) track.stop();
      done(given.ok ? finished(parts, given.value) : given);
    };
    document.addEventListener('visibilitychange', follow);

    let last: number | undefined;
    let elapsed = 0;
    const frame = (now: number): void => {
      if (recorder.state === 'inactive') return;
      elapsed += Math.min(last === undefined ? 0 : now - last, LONGEST_FRAME_MS);
      last = now;
      draw(Math.min(elapsed, length));
      if (!progress(Math.min(1, elapsed / length))) end(err('cancelled'));
      else if (elapsed >= length) end(ok(false));
      else requestAnimationFrame(frame);
    };
    // What is drawn before it has begun is in no film.
    recorder.onstart = () => requestAnimationFrame(frame);
    recorder.start(PART_MS);
  });
}

async function finished(parts: readonly Blob[], cut: boolean): Promise<Result<Recorded>> {
  return ok({ film: await withLength(new Blob([...parts], { type: 'video/webm' })), cut });
}
