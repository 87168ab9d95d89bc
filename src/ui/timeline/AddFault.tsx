/**
 * A new fault at the playhead: where, what, how much, for how long. What is written here is what a link would say, and
 * what is wrong with it is said under the fields.
 */
import { useId, useState, type ReactNode } from 'react';
import { Plus } from 'lucide-react';
import type { Design } from '../../design/design.ts';
import { FAULT_KINDS, type FaultTrouble } from '../../design/faults.ts';
import { LIMITS } from '../../design/limits.ts';
import { targetsOf } from '../../design/nodes.ts';
import { faultKindsOf, instantForFault, placeFault } from '../faultEdits.ts';
import { Button } from '../kit/Button.tsx';
import { Icon } from '../kit/Icon.tsx';
import { Popover } from '../kit/Popover.tsx';
import { useDocument, useSession } from '../session.tsx';
import { sentenceOf } from './faultWords.ts';
import { draftOf, faultFrom, firstDraft, type Draft } from './newFault.ts';
import css from './AddFault.module.css';

export function AddFault() {
  const full = useDocument((document) => document.design.faults.length >= LIMITS.faults);
  if (full) {
    return (
      <Button kind="line" disabled title="A design holds no more">
        {LIMITS.faults} of {LIMITS.faults} faults
      </Button>
    );
  }
  return (
    <Popover
      label="Add a fault at the playhead"
      className={css.popover}
      button={{
        kind: 'line',
        children: (
          <>
            <Icon of={Plus} />
            Fault
          </>
        ),
      }}
    >
      {(close) => <NewFault close={close} />}
    </Popover>
  );
}

function NewFault({ close }: { close: () => void }) {
  const session = useSession();
  const design = useDocument((document) => document.design);
  const [draft, setDraft] = useState(() => firstDraft(design, session.view.getState().selection));
  const [trouble, setTrouble] = useState<FaultTrouble>();
  const problem = useId();

  const change = (next: Draft): void => {
    setDraft(next);
    setTrouble(undefined);
  };

  const submit = (): void => {
    const checked = faultFrom(draft, session.view.getState().cursor);
    if (!checked.ok) {
      setTrouble(checked.error);
      return;
    }
    const fault = faultFrom(draft, instantForFault(session));
    if (!fault.ok) return;
    const index = placeFault(session, fault.value, { label: sentenceOf(fault.value) });
    if (index === undefined) return;
    session.view.selectFault(index);
    close();
  };

  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <DraftFields design={design} draft={draft} change={change} wrong={trouble?.part} problem={problem} />
      <p id={problem} role="status" className={css.problem}>
        {trouble !== undefined && `“${trouble.value}” ${trouble.message}. Allowed: ${trouble.allowed}.`}
      </p>
      <Button type="submit" kind="primary">
        Add at the playhead
      </Button>
    </form>
  );
}

interface DraftFieldsProps {
  readonly design: Design;
  readonly draft: Draft;
  readonly change: (next: Draft) => void;
  /** The part that is wrong, if one is, and the id of the element that says so. */
  readonly wrong: string | undefined;
  readonly problem: string;
}

function DraftFields({ design, draft, change, wrong, problem }: DraftFieldsProps) {
  const targets = targetsOf(design).filter(({ name }) => faultKindsOf(design, name).length > 0);
  const kinds = faultKindsOf(design, draft.target);
  const { parameter, lasts, help } = FAULT_KINDS[draft.kind];
  const wrongIf = (isIt: boolean) => ({
    'aria-invalid': isIt,
    'aria-describedby': isIt ? problem : undefined,
  });
  return (
    <>
      <Field label="where">
        <select
          value={draft.target}
          onChange={(event) => change(draftOf(design, event.currentTarget.value, draft.kind, draft.length))}
        >
          {targets.map(({ name }) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </Field>
      <Field label="what">
        <select
          value={draft.kind}
          onChange={(event) => {
            const kind = kinds.find((each) => each === event.currentTarget.value);
            if (kind !== undefined) change(draftOf(design, draft.target, kind, draft.length));
          }}
        >
          {kinds.map((kind) => (
            <option key={kind} value={kind}>
              {FAULT_KINDS[kind].label}
            </option>
          ))}
        </select>
      </Field>
      {parameter !== undefined && (
        <Field label={parameter.label}>
          <input
            value={draft.parameter}
            onChange={(event) => change({ ...draft, parameter: event.currentTarget.value })}
            spellCheck={false}
            {...wrongIf(wrong === parameter.key)}
          />
        </Field>
      )}
      {lasts && (
        <Field label="for">
          <input
            value={draft.length}
            onChange={(event) => change({ ...draft, length: event.currentTarget.value })}
            placeholder="to the end"
            spellCheck={false}
            {...wrongIf(wrong === 'for')}
          />
        </Field>
      )}
      <p className={css.help}>{help}</p>
    </>
  );
}

function Field({ label, children }: { label: string; children: ReactNode }) {
  return (
    <label className={css.field}>
      <span>{label}</span>
      {children}
    </label>
  );
}
