/**
 * The page that other engines open: renders a design in the product's own worker, through the product's own client, and
 * gives the run's digest, or what happened in a window of it. It is no part of the product.
 */
import { readLink } from '../../src/design/links.ts';
import { createClient } from '../../src/worker/client.ts';
import { openWorker } from '../../src/worker/client-line.ts';
import { allOf, windowHash, type Span } from './windowHash.ts';

declare global {
  interface Window {
    /** The digest of the link's run; or, given a window, the hash of all that happened there. */
    digestOf: (link: string, span?: Span) => Promise<string>;
  }
}

/** One client for all, as a page has one: a design resumes from the checkpoints that it shares with the one before. */
let fail: (message: string) => void = () => undefined;
const client = createClient(openWorker, (notice) => fail(notice));

window.digestOf = (link, span) =>
  new Promise((resolve, reject) => {
    fail = (message) => reject(new Error(message));
    const run = client.render(readLink(link).design, {
      progress: () => undefined,
      done: ({ summary }) => {
        if (span === undefined) resolve(summary.digest);
        else void tellWindow(run, span);
      },
      failed: (message) => fail(message),
    });

    async function tellWindow(run: number, span: Span): Promise<void> {
      const detail = await client.detail(run, allOf(span)).result;
      if (detail.ok) resolve(windowHash(detail.value));
      else fail(detail.error);
    }
  });
