/** Follows a layout, and when the nodes that it is of have changed goes there by way of the places in between. */
import { useEffect, useState } from 'react';
import type { Layout, Tiers } from './cards.ts';
import { between, eased, REFLOW_MS } from './reflow.ts';

interface Move {
  readonly from: Layout;
  /** 0 to 1. */
  readonly at: number;
}

export function useReflow(layout: Layout, { app, cache, shards }: Tiers): Layout {
  const nodes = [...app, ...cache, ...shards.flatMap(({ name, replicas }) => [name, ...replicas])].join();
  const [last, setLast] = useState({ layout, nodes });
  const [move, setMove] = useState<Move>();
  if (last.layout !== layout) {
    setLast({ layout, nodes });
    if (last.nodes !== nodes && !matchMedia('(prefers-reduced-motion: reduce)').matches)
      setMove({ from: last.layout, at: 0 });
  }
  const from = move?.from;
  useEffect(() => {
    if (from === undefined) return;
    const began = performance.now();
    let frame = requestAnimationFrame(function step(now) {
      const at = Math.max(0, now - began) / REFLOW_MS;
      setMove(at < 1 ? { from, at } : undefined);
      if (at < 1) frame = requestAnimationFrame(step);
    });
    return () => cancelAnimationFrame(frame);
  }, [from]);
  return move === undefined ? layout : between(move.from, layout, eased(move.at));
}
