/** The faults of the place that is selected, each with what can be edited: how bad, from when, to when. */
import { X } from 'lucide-react';
import type { Fault } from '../../design/design.ts';
import { beginsAfterEnd, FAULT_KINDS } from '../../design/faults.ts';
import { changeFault, removeFault } from '../faultEdits.ts';
import { cx } from '../kit/cx.ts';
import { Button } from '../kit/Button.tsx';
import { Icon } from '../kit/Icon.tsx';
import { ValueField } from '../kit/ValueField.tsx';
import { useDocument, useSession, useView } from '../session.tsx';
import { editFault, faultTexts, type FaultPart } from './faultText.ts';
import css from './Faults.module.css';

/** `named`: with the place's name, where faults of several places stand together. */
export function Faults({ of, named = false }: { of: (fault: Fault) => boolean; named?: boolean }) {
  const faults = useDocument((state) => state.design.faults);
  return faults.map((fault, index) =>
    // A fault has no name of its own: it is its place in the list.
    of(fault) ? <FaultRow key={index} fault={fault} index={index} named={named} /> : null,
  );
}

function FaultRow({ fault, index, named }: { fault: Fault; index: number; named: boolean }) {
  const session = useSession();
  const late = useDocument(({ design }) => beginsAfterEnd(fault, design));
  const selected = useView((state) => state.selectedFault === index);
  const { label, parameter, lasts } = FAULT_KINDS[fault.kind];
  const name = `${fault.target} ${label}`;
  const texts = faultTexts(fault);
  const edit = (part: FaultPart) => (text: string) => {
    const edited = editFault(fault, part, text);
    if (!edited.ok) return edited.error;
    changeFault(session, index, edited.value);
    return undefined;
  };
  return (
    <div role="group" aria-label={name} className={cx(css.fault, selected && css.selected)}>
      <button
        type="button"
        className={cx(css.kind, 'touched')}
        title="Go to where it begins"
        onClick={() => session.view.seek(fault.at)}
      >
        {named && <span className="id">{fault.target} </span>}
        {label}
      </button>
      {parameter !== undefined && (
        <ValueField
          className={css.parameter}
          label={`${name}, ${parameter.label}`}
          prefix={parameter.key === 'factor' ? '×' : ''}
          text={texts.parameter}
          onCommit={edit('parameter')}
        />
      )}
      <span className={cx(css.word, css.from)}>{lasts ? 'from' : 'at'}</span>
      <ValueField className={css.instant} label={`${name}, from`} text={texts.from} onCommit={edit('from')} />
      {lasts && (
        <>
          <span className={css.word}>to</span>
          <ValueField className={css.instant} label={`${name}, to`} text={texts.to} onCommit={edit('to')} />
        </>
      )}
      <Button
        small
        square
        className={css.remove}
        aria-label={`Remove: ${name}`}
        onClick={() => removeFault(session, index)}
      >
        <Icon of={X} size={14} />
      </Button>
      {late && <span className={cx(css.word, css.late)}>begins after the run has ended</span>}
    </div>
  );
}
