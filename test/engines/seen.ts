/**
 * What a reader sees: the product's page is opened at a link, and, once its run is rendered, at another moment of the same
 * run. A script for the page, as text, since each browser is told in its own way what to do.
 */

/** A short run, whole, at a speed at which every message is drawn. */
const LINK = '#/write-through?duration=2s&fault=cache-1:slow:20@500ms-1500ms&speed=1/1000';
const FIRST = `${LINK}&at=1s`;
const SECOND = `${LINK}&at=300ms`;

/** How long each may take, milliseconds: browsers share the processors. */
const PATIENCE_MS = 60_000;

/** What is said where all is well. */
export const SEEN = 'seen';

/** The page's address, at the first moment. */
export const pageAt = (folder: string): string => `${folder}index.html${FIRST}`;

/** An expression for the page: a promise of SEEN, or of all the words on the screen. */
export const LOOK = `(async () => {
  const shows = async (seconds) => {
    for (const last = performance.now() + ${PATIENCE_MS}; performance.now() < last;) {
      const playhead = document.querySelector('[role=slider][aria-label=Playhead]');
      // It plays on, a tenth of a second in a hundred.
      const isThere = Math.floor(parseFloat(playhead?.getAttribute('aria-valuetext')) * 10) === seconds * 10;
      const text = document.body.innerText;
      if (isThere && /rendered in/.test(text) && /every hop drawn, [1-9]/.test(text)) return true;
      await new Promise((later) => setTimeout(later, 50));
    }
    return false;
  };
  if (!(await shows(1))) return document.body.innerText;
  location.hash = ${JSON.stringify(SECOND)};
  return (await shows(0.3)) ? ${JSON.stringify(SEEN)} : document.body.innerText;
})()`;
