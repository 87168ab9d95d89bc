/**
 * The page that other engines open: renders a design in the product's own worker, through the product's own client, and
 * gives the run's digest. It is no part of the product.
 */
import { readLink } from '../../src/design/links.ts';
import { createClient } from '../../src/worker/client.ts';
import { openWorker } from '../../src/worker/client-line.ts';

declare global {
  interface Window {
    /** The digest of the link's run. */
    digestOf: (link: string) => Promise<string>;
  }
}

/** One client for all, as a page has one: a design resumes from the checkpoints that it shares with the one before. */
let fail: (message: string) => void = () => undefined;
const client = createClient(openWorker, (notice) => fail(notice));

window.digestOf = (link) =>
  new Promise((resolve, reject) => {
    fail = (message) => reject(new Error(message));
    client.render(readLink(link).design, {
      progress: () => undefined,
      done: ({ summary }) => resolve(summary.digest),
      failed: (message) => fail(message),
    });
  });
