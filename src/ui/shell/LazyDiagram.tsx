/**
 * The diagram, in a chunk of its own: it brings React Flow, and the engine is to be at work before that is read. The
 * chunk is asked for as soon as this file is, so that it is on its way while the page is still being built.
 */
import { fetched } from '../kit/fetched.tsx';

const loading = import('../diagram/Diagram.tsx');
export const LazyDiagram = fetched('The diagram', async () => (await loading).Diagram);
