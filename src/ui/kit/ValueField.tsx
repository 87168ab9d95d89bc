/**
 * A value that opens for typing, with its unit. While it is not being edited it reads well (`12 ms`); while it is, it
 * holds the document's own text (`12ms`). Enter or leaving the field applies it, Escape takes it back.
 */
import { useState, type KeyboardEvent } from 'react';
import { plainText, prettyText } from '../pretty.ts';
import { cx } from './cx.ts';
import css from './ValueField.module.css';

export interface ValueFieldProps {
  readonly label: string;
  /** The document's text of the value. */
  readonly text: string;
  /** Applies what was typed; true when it was taken. What is not taken stays in the field, to be corrected. */
  readonly onCommit: (text: string) => boolean;
  /** Id of the element that says what is wrong with the text, while something is. */
  readonly problem?: string | undefined;
  /** Called when the person gives up on a wrong text. */
  readonly onRevert?: () => void;
  readonly mono?: boolean;
  /** No box until it is edited: for values inside a table. */
  readonly bare?: boolean;
  readonly prefix?: string;
  readonly className?: string | undefined;
  readonly width?: number;
}

export function ValueField(props: ValueFieldProps) {
  const { label, text, onCommit, problem, onRevert, mono = false, bare = false, prefix = '' } = props;
  const [draft, setDraft] = useState<string>();
  const shown = draft ?? prefix + (mono ? text : prettyText(text));

  const commit = () => {
    if (draft === undefined) return;
    const typed = plainText(draft);
    if (typed === text || onCommit(typed)) {
      setDraft(undefined);
      if (typed === text) onRevert?.();
    }
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') commit();
    if (event.key === 'Escape') {
      setDraft(undefined);
      onRevert?.();
      event.stopPropagation();
    }
  };
  return (
    <input
      className={cx(
        css.field,
        mono && css.mono,
        bare && css.bare,
        problem !== undefined && css.wrong,
        props.className,
      )}
      style={props.width === undefined ? undefined : { width: props.width }}
      aria-label={label}
      aria-invalid={problem !== undefined}
      aria-describedby={problem}
      autoComplete="off"
      autoCapitalize="off"
      spellCheck={false}
      value={shown}
      onFocus={(event) => {
        // The document's text takes the place of the pretty one, all of it selected.
        const field = event.currentTarget;
        if (draft === undefined) setDraft(text);
        requestAnimationFrame(() => field.select());
      }}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={() => {
        if (draft === text) setDraft(undefined);
        else commit();
      }}
      onKeyDown={onKeyDown}
    />
  );
}
