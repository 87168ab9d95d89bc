/** The flag on a node's card that has remarks: how many, what the first one says, and a press that goes to it. */
import { useMemo } from 'react';
import { useDocument, useSession } from '../session.tsx';
import { goToRemark, remarksOn } from './acts.ts';
import { FlagShape } from './FlagShape.tsx';
import css from './Flags.module.css';

export function CardFlag({ name }: { name: string }) {
  const session = useSession();
  const design = useDocument((state) => state.design);
  const rows = useMemo(() => remarksOn(design, name), [design, name]);
  const [first] = rows;
  if (first === undefined) return null;
  const texts = rows.map((index) => design.remarks[index]?.text ?? '').join('\n');
  return (
    <button
      type="button"
      className={css.onCard}
      data-remarked=""
      aria-label={`${rows.length === 1 ? 'Remark' : `${rows.length} remarks`} on ${name}: ${texts}`}
      title={texts}
      onClick={() => goToRemark(session, first)}
    >
      <FlagShape />
      {rows.length > 1 && rows.length}
    </button>
  );
}
