/** What two thousand moving packets cost the page's main thread, by the browser's own trace. */
import type { Page } from '@playwright/test';
import * as z from 'zod/mini';
import { median, type Measurement } from './budget.ts';
import { watchDrawn } from './drawing.ts';

/** Thirty-five milliseconds more on the clients' links: a little over two thousand messages are under way, and each is drawn. */
const LINK = '#/write-through?fault=client-app:delay:35ms@0s&at=5s&speed=1/100';
const SECONDS = 5;

const traceEvent = z.object({
  name: z.string(),
  ph: z.string(),
  ts: z.number(),
  dur: z.optional(z.number()),
  pid: z.number(),
  tid: z.number(),
  args: z.optional(z.looseObject({ name: z.optional(z.unknown()) })),
});
const trace = z.object({ traceEvents: z.array(traceEvent) });
type TraceEvent = z.infer<typeof traceEvent>;

/** A diagram large enough for two thousand: it draws no more messages than it has room for. */
const VIEWPORT = { width: 1920, height: 1200 };

export async function benchFrames(page: Page): Promise<Measurement[]> {
  await page.setViewportSize(VIEWPORT);
  await page.evaluate((link) => (location.hash = link), LINK);
  await page.getByText(/rendered in/).waitFor({ timeout: 120_000 });
  if (await page.getByRole('button', { name: 'Play', exact: true }).isVisible())
    await page.keyboard.press('Space');
  await page.waitForFunction(() => (window.__throughline?.marks().length ?? 0) > 1000, undefined, {
    timeout: 60_000,
    polling: 500,
  });
  const drawn = await watchDrawn(page);
  const session = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) =>
    events.push(...trace.parse({ traceEvents: value }).traceEvents),
  );
  const ended = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.start', {
    traceConfig: { includedCategories: ['toplevel', 'devtools.timeline', 'blink.user_timing', '__metadata'] },
  });
  const count = () => drawn.evaluate((times) => times.size);
  const before = await count();
  await page.waitForTimeout(SECONDS * 1000);
  const frames = (await count()) - before;
  await session.send('Tracing.end');
  await ended;
  const marks = await page.evaluate(() => window.__throughline?.marks().length ?? 0);
  const busy = busyPerFrame(events);
  return [
    {
      what: `${marks} packets moving, main thread a frame`,
      measured: median(busy) / 1000,
      unit: 'ms',
      budget: { atMost: 6 },
    },
    { what: '  frames', measured: busy.length / SECONDS, unit: '/s', budget: { atLeast: 59 } },
    { what: '  frames that were drawn', measured: frames / SECONDS, unit: '/s', budget: { atLeast: 59 } },
  ];
}

/** Microseconds of main thread work between each frame of the page and the next one. */
function busyPerFrame(events: readonly TraceEvent[]): number[] {
  const fires = events.filter(({ name }) => name === 'FireAnimationFrame');
  const [first] = fires;
  if (first === undefined) throw new Error('the page drew no frame');
  const onMain = ({ pid, tid }: TraceEvent): boolean => pid === first.pid && tid === first.tid;
  const tasks = events
    .filter((event) => onMain(event) && event.ph === 'X' && /RunTask$/.test(event.name))
    .sort((a, b) => a.ts - b.ts);
  const starts = [
    ...new Set(fires.filter(onMain).map(({ ts }) => tasks.findLast((task) => task.ts <= ts)?.ts ?? ts)),
  ];
  return starts.slice(1).map((end, i) => {
    const start = starts[i] ?? end;
    return tasks.filter(({ ts }) => ts >= start && ts < end).reduce((sum, { dur }) => sum + (dur ?? 0), 0);
  });
}
