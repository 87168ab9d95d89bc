/** What one bucket of a run says of a node or of the whole system: a test names what it is about, everything else is zero. */
import { NODE_WIDTH, SYSTEM_WIDTH } from '../../src/design/readings.ts';
import { nodeAt, systemAt, type NodeReading, type SystemReading } from '../../src/replay/frame.ts';

const QUIET = {
  buckets: 1,
  nodeCount: 1,
  system: new Float32Array(SYSTEM_WIDTH),
  nodes: new Float32Array(NODE_WIDTH),
};

export const aNode = (given: Partial<NodeReading>): NodeReading => ({ ...nodeAt(QUIET, 0, 0), ...given });
export const aSystem = (given: Partial<SystemReading>): SystemReading => ({
  ...systemAt(QUIET, 0),
  ...given,
});
