import { expect, it } from 'vitest';
import { err, ok } from '../../src/base/result.ts';
import { seedDesign } from '../../src/design/design.ts';
import type { Session } from '../../src/state/session.ts';
import { cancelVideo, makeVideo, video } from '../../src/ui/export/video/video.ts';
import { idleSession } from '../support/idleSession.ts';

const PLAN = { from: 0, to: 1_000_000, speed: '1' } as const;

/** A session whose footage comes when the test says so. */
function filming() {
  const asked: { progress: (share: number) => boolean; end: () => void }[] = [];
  const session: Session = {
    ...idleSession(),
    footage: (_, progress) =>
      new Promise((resolve) => {
        asked.push({
          progress,
          end: () => {
            resolve(progress(1) ? ok([]) : err('cancelled'));
          },
        });
      }),
  };
  session.run.setState({ design: seedDesign });
  return { session, asked };
}

it('makes one video at a time', async () => {
  const { session, asked } = filming();
  const first = makeVideo(session, PLAN);
  await makeVideo(session, PLAN);
  expect(asked).toHaveLength(1);
  cancelVideo();
  asked[0]?.end();
  await first;
  expect(video.getState().phase).toBe('idle');
});

it('does not go on with a video that was cancelled because another one was begun meanwhile', async () => {
  const { session, asked } = filming();
  const cancelled = makeVideo(session, PLAN);
  cancelVideo();
  const next = makeVideo(session, PLAN);
  expect(asked[1]?.progress(0.25)).toBe(true);
  expect(asked[0]?.progress(0.75)).toBe(false);
  asked[0]?.end();
  await cancelled;
  expect(video.getState()).toEqual({ phase: 'fetching', share: 0.25 });
  cancelVideo();
  asked[1]?.end();
  await next;
});
