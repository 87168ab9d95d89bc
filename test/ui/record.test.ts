/** How a recording ends, with a recorder that does what the test says. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { err } from '../../src/base/result.ts';
import { recordCanvas } from '../../src/ui/export/video/record.ts';

class Recorder {
  static readonly isTypeSupported = () => true;
  static last: Recorder;
  state = 'inactive';
  onerror = () => undefined;
  onstop = () => undefined;
  constructor() {
    Recorder.last = this;
  }
  start() {
    this.state = 'recording';
  }
  pause() {
    if (this.state === 'inactive') throw new Error('InvalidStateError');
  }
  resume() {
    this.pause();
  }
  stop() {
    this.pause();
    this.state = 'inactive';
  }
}

const page = Object.assign(new EventTarget(), { hidden: false });
const canvas = { captureStream: () => ({ getTracks: () => [] }) } as unknown as HTMLCanvasElement;
const record = () => recordCanvas({ canvas, length: 1000, draw: () => undefined, progress: () => true });

beforeEach(() => {
  vi.stubGlobal('MediaRecorder', Recorder);
  vi.stubGlobal('document', page);
});
afterEach(() => {
  vi.unstubAllGlobals();
});

it('says that the recorder has failed where it had stopped of itself before', async () => {
  const recorded = record();
  Recorder.last.state = 'inactive';
  Recorder.last.onerror();
  Recorder.last.onstop();
  expect(await recorded).toEqual(err('the browser’s recorder failed'));
});

it('leaves a recorder alone that has stopped and not said so yet', async () => {
  const recorded = record();
  Recorder.last.state = 'inactive';
  const resumed = vi.spyOn(Recorder.last, 'resume');
  page.dispatchEvent(new Event('visibilitychange'));
  expect(resumed).not.toHaveBeenCalled();
  Recorder.last.onerror();
  Recorder.last.onstop();
  await recorded;
});
