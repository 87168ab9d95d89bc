/** One edge: a hairline along the layout's curve, its band of traffic, and a wider reach for the pointer. */
import { memo, useContext, useLayoutEffect, useRef, createContext } from 'react';
import type { EdgeProps } from '@xyflow/react';
import { useView } from '../session.tsx';
import { useDiagramActs } from './acts.ts';
import { Bands } from './bands.ts';
import type { DiagramEdge } from './flowGraph.ts';
import { cx } from '../kit/cx.ts';
import css from './Diagram.module.css';

export const BandsContext = createContext(new Bands());

export const LinkEdge = memo(function LinkEdge({ id, data }: EdgeProps<DiagramEdge>) {
  const bands = useContext(BandsContext);
  const acts = useDiagramActs();
  const band = useRef<SVGPathElement>(null);
  const link = data?.link ?? 'client-app';
  const chosen = useView((view) => view.selection === link);
  useLayoutEffect(() => (band.current === null ? undefined : bands.add(id, band.current)), [bands, id]);
  if (data === undefined) return null;
  return (
    <>
      <path ref={band} className={cx(css.band, data.dense && css.dense)} d={data.path} />
      <path className={cx(css.line, data.dense && css.dense, chosen && css.chosen)} d={data.path} />
      {acts !== undefined && (
        <path
          className={css.reach}
          d={data.path}
          onClick={() => acts.select(link)}
          onContextMenu={(event) => {
            event.preventDefault();
            acts.openMenu(link, event.currentTarget, { x: event.clientX, y: event.clientY });
          }}
        />
      )}
    </>
  );
});
