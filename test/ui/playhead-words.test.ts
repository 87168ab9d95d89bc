import { describe, expect, it } from 'vitest';
import { seedDesign } from '../../src/design/design.ts';
import { nodesOf } from '../../src/design/nodes.ts';
import { NODE, NODE_WIDTH, SYSTEM_WIDTH } from '../../src/design/readings.ts';
import type { SeriesReading } from '../../src/engine/readings.ts';
import { playheadWords } from '../../src/ui/timeline/playheadWords.ts';

const NODES = nodesOf(seedDesign);
const idOf = (name: string): number => NODES.findIndex((node) => node.name === name);

/** One bucket in which cache-1 has 1507 waiting and replica 2 of shard 1, which leads it, 3. */
function aSeries(): SeriesReading {
  const nodes = new Float32Array(NODES.length * NODE_WIDTH);
  nodes[idOf('cache-1') * NODE_WIDTH + NODE.queue] = 1507;
  nodes[idOf('shard-1.replica-2') * NODE_WIDTH + NODE.queue] = 3;
  nodes[idOf('shard-1.replica-2') * NODE_WIDTH + NODE.leads] = 1;
  return { buckets: 1, nodeCount: NODES.length, system: new Float32Array(SYSTEM_WIDTH), nodes };
}

describe('the playhead', () => {
  const run = { design: seedDesign, series: aSeries(), renderedTo: 100_000 };

  it.each([
    [undefined, '0.050 seconds'],
    ['cache-1', '0.050 seconds, queue of cache-1: 1 507'],
    ['shard-1.leader', '0.050 seconds, queue of shard-1.leader: 3'],
    ['app-cache', '0.050 seconds'],
  ])('says with %s selected: %s', (selection, words) => {
    expect(playheadWords(50_000, selection, run).replaceAll('\u2009', ' ')).toBe(words);
  });

  it('says the instant alone where nothing is rendered yet', () => {
    expect(playheadWords(200_000, 'cache-1', run)).toBe('0.200 seconds');
  });
});
