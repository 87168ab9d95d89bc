/** What a render needs that goes on from one before: where their runs part, and how the run is taken up there. */
export { divergence } from '../engine/divergence.ts';
export { resume } from '../engine/resume.ts';
