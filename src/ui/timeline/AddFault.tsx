/**
 * A new fault at the playhead: where, what, how much, for how long. What is written here is what a link would say, and
 * what is wrong with it is said under the fields.
 */
import { useId, useState, type ReactNode } from 'react';
import { Plus } from 'lucide-react';
import type { Design, Fault, FaultKind } from '../../design/design.ts';
import { FAULT_KINDS, faultOf, type FaultTrouble } from '../../design/faults.ts';
import { LIMITS } from '../../design/limits.ts';
import { targetsOf } from '../../design/nodes.ts';
import { printDuration } from '../../base/units.ts';
import type { Result } from '../../base/result.ts';
import { faultKindsOf, instantForFault } from '../actions.ts';
import { Button } from '../kit/Button.tsx';
import { Icon } from '../kit/Icon.tsx';
import { Popover } from '../kit/Popover.tsx';
import { plainText } from '../pretty.ts';
import { useDocument, useSession } from '../session.tsx';
import { sentenceOf } from './faultWords.ts';
import { targetForFault } from './newFault.ts';
import css from './AddFault.module.css';

const FIRST_KIND: FaultKind = 'slow';
const FIRST_LENGTH = '8s';
/** Instants that a person points at are whole milliseconds: links stay short. */
const POINTED_US = 1000;

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

/** What the fields hold, as texts. */
interface Draft {
  readonly target: string;
  readonly kind: FaultKind;
  readonly parameter: string;
  readonly length: string;
}

/** The fault that the texts stand for, beginning at `at`. An empty length means to the end. */
function faultFrom({ target, kind, parameter, length }: Draft, at: number): Result<Fault, FaultTrouble> {
  const info = FAULT_KINDS[kind];
  const texts = new Map([
    ['target', target],
    ['kind', kind],
    ['at', printDuration(Math.floor(at / POINTED_US) * POINTED_US)],
  ]);
  if (info.parameter !== undefined) texts.set(info.parameter.key, plainText(parameter));
  if (info.lasts && plainText(length) !== '') texts.set('for', plainText(length));
  return faultOf(texts);
}

function draftOf(design: Design, target: string, kind: FaultKind, length: string): Draft {
  const kinds = faultKindsOf(design, target);
  const possible = kinds.includes(kind) ? kind : (kinds[0] ?? kind);
  return { target, kind: possible, parameter: FAULT_KINDS[possible].parameter?.start ?? '', length };
}

function NewFault({ close }: { close: () => void }) {
  const session = useSession();
  const design = useDocument((document) => document.design);
  const [draft, setDraft] = useState<Draft>(() => {
    const { selection } = session.view.getState();
    return draftOf(design, targetForFault(design, selection, FIRST_KIND) ?? '', FIRST_KIND, FIRST_LENGTH);
  });
  const [trouble, setTrouble] = useState<FaultTrouble>();
  const problem = useId();

  const targets = targetsOf(design).filter(({ name }) => faultKindsOf(design, name).length > 0);
  const kinds = faultKindsOf(design, draft.target);
  const { parameter, lasts, help } = FAULT_KINDS[draft.kind];
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
    const label = sentenceOf(fault.value);
    session.documents.edit({ ...design, faults: [...design.faults, fault.value] }, { label });
    session.view.selectFault(design.faults.length);
    close();
  };

  const wrong = (
    part: string | undefined,
  ): { 'aria-invalid': boolean; 'aria-describedby': string | undefined } => ({
    'aria-invalid': trouble !== undefined && trouble.part === part,
    'aria-describedby': trouble !== undefined && trouble.part === part ? problem : undefined,
  });
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
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
            {...wrong(parameter.key)}
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
            {...wrong('for')}
          />
        </Field>
      )}
      <p className={css.help}>{help}</p>
      <p id={problem} role="status" className={css.problem}>
        {trouble !== undefined && `“${trouble.value}” ${trouble.message}. Allowed: ${trouble.allowed}.`}
      </p>
      <Button type="submit" kind="primary">
        Add at the playhead
      </Button>
    </form>
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
