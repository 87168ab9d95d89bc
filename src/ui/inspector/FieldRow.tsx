/**
 * One key of the document on one line: what it is called, its value as the control that fits it, what it was, and the
 * way back to the default. What may stand there comes from the catalogue of fields; nothing is known here of any key.
 */
import { useId, useState } from 'react';
import { ChevronDown, RotateCcw } from 'lucide-react';
import { seedDesign } from '../../design/design.ts';
import type { Field } from '../../design/fields.ts';
import { applyField, fieldText } from '../fieldEdits.ts';
import { Icon } from '../kit/Icon.tsx';
import { Segmented } from '../kit/Segmented.tsx';
import { ValueField } from '../kit/ValueField.tsx';
import { prettyText } from '../pretty.ts';
import { useDocument, useRun, useSession } from '../session.tsx';
import css from './FieldRow.module.css';

/** Two choices fit on one line; more of them with no more letters than this in all. */
const SEGMENTED_LETTERS = 16;

export function FieldRow({ field }: { field: Field }) {
  const session = useSession();
  const text = useDocument((state) => fieldText(state.design, field));
  const set = (typed: string) => applyField(session, field.key, typed);
  if (field.kind === 'text') return <TextRow field={field} text={text} onSet={set} />;
  return (
    <div className={css.row} data-hint={field.help}>
      <span className={css.label}>{field.label}</span>
      <Control field={field} text={text} onSet={set} />
      {!isLong(field) && <Earlier field={field} text={text} />}
      <Reset field={field} text={text} onReset={set} />
    </div>
  );
}

interface ControlProps {
  readonly field: Field;
  readonly text: string;
  readonly onSet: (text: string) => ReturnType<typeof applyField>;
}

/** What is written as words and values with colons needs the whole line. */
function isLong({ kind }: Field): boolean {
  return kind === 'dist' || kind === 'fsync';
}

function nameOf({ group, label }: Field): string {
  return group === 'design' ? label : `${group} ${label}`;
}

function Control({ field, text, onSet }: ControlProps) {
  if (field.kind === 'flag') return <Switch field={field} text={text} onSet={onSet} />;
  if (field.kind === 'choice') return <Choice field={field} text={text} onSet={onSet} />;
  return (
    <ValueField
      className={isLong(field) ? css.long : css.value}
      mono={isLong(field)}
      label={nameOf(field)}
      text={text}
      onCommit={onSet}
    />
  );
}

function Switch({ field, text, onSet }: ControlProps) {
  return (
    <input
      type="checkbox"
      role="switch"
      className={css.switch}
      aria-label={nameOf(field)}
      checked={text === 'true'}
      onChange={(event) => onSet(String(event.currentTarget.checked))}
    />
  );
}

function Choice({ field, text, onSet }: ControlProps) {
  const { choices = [] } = field;
  if (choices.length <= 2 || choices.join('').length <= SEGMENTED_LETTERS)
    return (
      <Segmented
        label={nameOf(field)}
        choices={choices.map((value) => ({ value, label: value }))}
        value={text}
        onChoose={onSet}
      />
    );
  return (
    <span className={css.select}>
      <select aria-label={nameOf(field)} value={text} onChange={(event) => onSet(event.currentTarget.value)}>
        {choices.map((value) => (
          <option key={value} value={value}>
            {value.replace('+', ' + ')}
          </option>
        ))}
      </select>
      <Icon of={ChevronDown} size={14} />
    </span>
  );
}

/** What it was in the run before the last change; else the default, where it differs from that. */
function Earlier({ field, text }: { field: Field; text: string }) {
  const before = useRun((run) => (run.previous === undefined ? text : fieldText(run.previous.design, field)));
  const standard = fieldText(seedDesign, field);
  const words =
    before !== text
      ? `was ${prettyText(before)}`
      : standard !== text
        ? `default ${prettyText(standard)}`
        : '';
  return (
    <span className={css.note} title={words}>
      {words}
    </span>
  );
}

function Reset({ field, text, onReset }: { field: Field; text: string; onReset: (text: string) => void }) {
  const standard = fieldText(seedDesign, field);
  if (standard === text) return <span />;
  const words = `Reset ${nameOf(field)} to ${prettyText(standard)}`;
  return (
    <button
      type="button"
      className={css.dot}
      aria-label={words}
      title={words}
      onClick={() => onReset(standard)}
    >
      <Icon of={RotateCcw} size={12} />
    </button>
  );
}

function TextRow({ field, text, onSet }: ControlProps) {
  const id = useId();
  const [draft, setDraft] = useState<string>();
  const commit = () => {
    if (draft !== undefined && draft !== text) onSet(draft);
    setDraft(undefined);
  };
  return (
    <div className={css.row}>
      <label htmlFor={id} title={field.help}>
        {field.label}
      </label>
      <textarea
        id={id}
        className={css.notes}
        maxLength={field.max}
        value={draft ?? text}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onBlur={commit}
      />
    </div>
  );
}
