/** The remarks on moments as small flags over the ruler: what a flag says is read on it and beside, and pressing it goes there. */
import { memo } from 'react';
import { useStore } from 'zustand';
import { xOf, type Axis } from '../charts/axis.ts';
import { formatInstant } from '../format.ts';
import { useDocument, useSession } from '../session.tsx';
import { goToRemark, instantOf } from './acts.ts';
import { FlagShape } from './FlagShape.tsx';
import { writing } from './writing.ts';
import css from './Flags.module.css';

export const RemarkFlags = memo(function RemarkFlags({ axis }: { axis: Axis }) {
  const session = useSession();
  const remarks = useDocument((state) => state.design.remarks);
  const shown = useStore(writing, (state) => state.shown);
  const flags = remarks.flatMap(({ on, text }, index) => {
    const at = instantOf(on);
    return at === undefined || at < axis.from || at > axis.to ? [] : [{ index, at, text }];
  });
  if (flags.length === 0) return null;
  return (
    <div role="group" aria-label="Remarks on moments">
      {flags.map(({ index, at, text }) => (
        <button
          key={index}
          type="button"
          className={css.onAxis}
          style={{ left: xOf(axis, at) }}
          aria-pressed={index === shown}
          aria-label={`Remark at ${formatInstant(at)}: ${text}`}
          title={text}
          onClick={() => goToRemark(session, index)}
        >
          <FlagShape />
        </button>
      ))}
    </div>
  );
});
