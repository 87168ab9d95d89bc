/**
 * A value that opens for typing, with its unit. While it is not being edited it reads well (`12 ms`); while it is, it
 * holds the document's own text (`12ms`). Enter or leaving the field applies it, Escape takes it back. What cannot be
 * applied stays in the field, with what is wrong beneath it and the nearest valid value as a button.
 */
import { useId, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { flushSync } from 'react-dom';
import type { Problem } from '../../design/problem.ts';
import { plainText, prettyText } from '../pretty.ts';
import { cx } from './cx.ts';
import { ProblemText } from './ProblemText.tsx';
import css from './ValueField.module.css';

export interface ValueFieldProps {
  readonly label: string;
  /** The document's text of the value. */
  readonly text: string;
  /** Applies a text; what is wrong with it if it was not taken. */
  readonly onCommit: (text: string) => Problem | undefined;
  /** Monospaced and shown as it is written: for what only the document's own text says. */
  readonly mono?: boolean;
  /** No box until it is edited: for values inside a table. */
  readonly bare?: boolean;
  /** Written before the value while it is not edited, such as a sign. */
  readonly prefix?: string;
  readonly className?: string | undefined;
}

/** What is wrong is seen at once, wherever the field stands in what scrolls. */
function bringIntoSight(bubble: HTMLElement | null): void {
  bubble?.scrollIntoView({ block: 'nearest' });
}

/** What is being typed in the place of the document's `text`, until it is applied or taken back. */
function useDraft(text: string, onCommit: ValueFieldProps['onCommit']) {
  const [draft, setDraft] = useState<string>();
  const [problem, setProblem] = useState<Problem>();
  const [seen, setSeen] = useState(text);
  const settle = () => {
    setDraft(undefined);
    setProblem(undefined);
  };
  // Somebody else changed the value (undo, another field): what was being typed belongs to the one before.
  if (seen !== text) {
    setSeen(text);
    settle();
  }
  const apply = (typed: string) => {
    const wrong = typed === text ? undefined : onCommit(typed);
    if (wrong === undefined) settle();
    else setProblem(wrong);
  };
  return {
    /** Undefined: nobody is editing. */
    draft,
    setDraft,
    isTyped: draft !== undefined && draft !== text,
    problem,
    settle,
    apply,
    commit: () => {
      if (draft !== undefined) apply(plainText(draft));
    },
    /** The document's text again, still open for typing. */
    takeBack: () => {
      setDraft(text);
      setProblem(undefined);
    },
  };
}

export function ValueField(props: ValueFieldProps) {
  const { label, text, onCommit, mono = false, bare = false, prefix = '', className } = props;
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const entered = useRef(false);
  const { draft, setDraft, isTyped, problem, settle, apply, commit, takeBack } = useDraft(text, onCommit);

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') commit();
    if (event.key === 'Escape') settle();
    // The browser's own undo would wander through all the fields of the page: here it takes back what was typed, and
    // where nothing was, the key is the page's.
    if (event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey) && isTyped) {
      event.preventDefault();
      takeBack();
    }
  };
  const onFocus = () => {
    if (draft !== undefined) return;
    // The document's text takes the place of the pretty one at once, all of it selected: what is typed next replaces it.
    flushSync(() => setDraft(text));
    field.current?.select();
    entered.current = true;
  };
  // The pointer that gave the focus also put the caret somewhere; unless it selected a part, all is selected again.
  const onPointerUp = ({ currentTarget }: PointerEvent<HTMLInputElement>) => {
    if (entered.current && currentTarget.selectionStart === currentTarget.selectionEnd)
      currentTarget.select();
    entered.current = false;
  };

  return (
    <span className={cx(css.value, className)}>
      <input
        ref={field}
        className={cx(css.field, mono && css.mono, bare && css.bare, problem !== undefined && css.wrong)}
        aria-label={label}
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? undefined : id}
        data-typed={isTyped}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        value={draft ?? prefix + (mono ? text : prettyText(text))}
        onFocus={onFocus}
        onPointerUp={onPointerUp}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onBlur={commit}
        onKeyDown={onKeyDown}
      />
      {problem !== undefined && (
        <span ref={bringIntoSight} className={css.bubble} role="alert">
          <ProblemText id={id} problem={problem} onNearest={apply} />
        </span>
      )}
    </span>
  );
}
