/**
 * The mark of a run in a link: the beginning of its digest, and of a hash of its design. Who opens the link later and comes
 * to another digest for the same design knows that the engine has changed. Where a hand has changed the design, the mark
 * says nothing any more.
 */
import type { Design } from './design.ts';
import { writeLink } from './links.ts';
import { fmix32 } from './placement.ts';

const OF_DIGEST = 8;
const OF_DESIGN = 4;

/** @param digest of the whole run of the design, in hexadecimal digits */
export function markOfRun(design: Design, digest: string): string {
  return digest.slice(0, OF_DIGEST) + designPart(design);
}

/** Whether a mark is of the same design and of another run of it. */
export function isOfAnotherRun(mark: string, design: Design, digest: string): boolean {
  return (
    mark.slice(OF_DIGEST) === designPart(design) && mark.slice(0, OF_DIGEST) !== digest.slice(0, OF_DIGEST)
  );
}

function designPart(design: Design): string {
  let hash = 0;
  const link = writeLink(design);
  for (let i = 0; i < link.length; i++) hash = fmix32(hash ^ link.charCodeAt(i));
  return (hash >>> 0).toString(16).padStart(8, '0').slice(0, OF_DESIGN);
}
