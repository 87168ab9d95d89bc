/**
 * What is written: the notes, rendered or as a field to write Markdown in, and every remark with what it is pinned on.
 * What is typed into the notes is part of the design at once, as one step of undo; a remark is when its field is left.
 */
import { useEffect, useId, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import { Flag, Pencil, Trash2 } from 'lucide-react';
import { useStore } from 'zustand';
import { LIMITS } from '../../design/limits.ts';
import { Button } from '../kit/Button.tsx';
import { cx } from '../kit/cx.ts';
import { Icon } from '../kit/Icon.tsx';
import { useDocument, useSession } from '../session.tsx';
import {
  goToRemark,
  instantOf,
  pinRemark,
  placeWords,
  rewriteRemark,
  setNotes,
  takeOffRemark,
} from './acts.ts';
import { Markdown } from './Markdown.tsx';
import { stopWriting, takeAhead, write, writing } from './writing.ts';
import css from './Notes.module.css';

export function NotesBody() {
  const open = useStore(writing, (state) => state.open);
  return (
    <div className={css.body}>
      {open === 'notes' ? <NotesField /> : <Rendered />}
      <Remarks />
      {typeof open === 'object' && <NewRemark on={open.on} />}
    </div>
  );
}

function Rendered() {
  const notes = useDocument((state) => state.design.notes);
  return notes === '' ? null : <Markdown text={notes} />;
}

function NotesField() {
  const session = useSession();
  const sitting = useId();
  const notes = useDocument((state) => state.design.notes);
  const field = useRef<HTMLTextAreaElement>(null);
  useFocus(field);
  useAhead((ahead) => setNotes(session, notes + ahead, `notes ${sitting}`));
  return (
    <>
      <textarea
        ref={field}
        className={css.field}
        aria-label="Notes, in Markdown"
        placeholder="Markdown: # heading, **strong**, - list, [link](https://…)"
        rows={8}
        maxLength={LIMITS.notes}
        value={notes}
        onChange={(event) => setNotes(session, event.currentTarget.value, `notes ${sitting}`)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' || isEntered(event)) stopWriting();
        }}
      />
      {notes.length >= LIMITS.notes && (
        <p className={css.note}>
          {notes.length} of {LIMITS.notes} characters
        </p>
      )}
    </>
  );
}

function Remarks() {
  const remarks = useDocument((state) => state.design.remarks);
  if (remarks.length === 0) return null;
  return (
    <ul className={css.remarks} aria-label="Remarks">
      {remarks.map(({ on, text }, index) => (
        // A remark has no name of its own; its place among the remarks is what edits keep.
        <RemarkRow key={index} index={index} on={on} text={text} />
      ))}
    </ul>
  );
}

function RemarkRow({ index, on, text }: { index: number; on: string; text: string }) {
  const session = useSession();
  const shown = useStore(writing, (state) => state.shown === index);
  const editing = useStore(writing, (state) => state.open === index);
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (shown) row.current?.scrollIntoView({ block: 'nearest' });
  }, [shown]);
  const place = placeWords(on);
  return (
    <li ref={row} className={cx(css.remark, shown && !editing && css.shown)}>
      <div className={css.row}>
        <Icon of={Flag} size={14} />
        <Button
          small
          className={cx(css.place, instantOf(on) === undefined && 'id')}
          onClick={() => goToRemark(session, index)}
        >
          {place}
        </Button>
        <span className={css.acts}>
          <Button small square aria-label={`Edit the remark on ${place}`} onClick={() => write(index)}>
            <Icon of={Pencil} size={14} />
          </Button>
          <Button
            small
            square
            aria-label={`Remove the remark on ${place}`}
            onClick={() => takeOffRemark(session, index)}
          >
            <Icon of={Trash2} size={14} />
          </Button>
        </span>
      </div>
      {editing ? (
        <RemarkField
          label={`Remark on ${place}`}
          text={text}
          onDone={(typed) => rewriteRemark(session, index, typed)}
        />
      ) : (
        <p className={css.text}>{text}</p>
      )}
    </li>
  );
}

function NewRemark({ on }: { on: string }) {
  const session = useSession();
  const place = placeWords(on);
  return (
    <div className={css.remark}>
      <div className={css.row}>
        <Icon of={Flag} size={14} />
        <span className={cx(css.pinned, instantOf(on) === undefined && 'id')}>{place}</span>
      </div>
      <RemarkField label={`Remark on ${place}`} text="" onDone={(typed) => pinRemark(session, on, typed)} />
    </div>
  );
}

interface RemarkFieldProps {
  readonly label: string;
  readonly text: string;
  /** What was typed, when it is another text than before and not empty. */
  readonly onDone: (text: string) => void;
}

/** Enter or leaving the field keeps what was typed, Shift Enter breaks the line, Escape takes it back. */
function RemarkField({ label, text, onDone }: RemarkFieldProps) {
  const [draft, setDraft] = useState(text);
  const [entered, setEntered] = useState(false);
  const left = useRef(false);
  const field = useRef<HTMLTextAreaElement>(null);
  useFocus(field);
  const leave = (keep: boolean) => {
    if (left.current) return;
    left.current = true;
    const typed = draft.trim();
    if (keep && typed !== '' && typed !== text) onDone(typed);
    stopWriting();
  };
  useAhead((ahead) => {
    const end = ahead.indexOf('\n');
    setDraft(text + (end < 0 ? ahead : ahead.slice(0, end)));
    // Enter was among the keys already.
    if (end >= 0) setEntered(true);
  });
  useEffect(() => {
    if (entered) field.current?.blur();
  }, [entered]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') leave(false);
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    leave(true);
  };
  return (
    <textarea
      ref={field}
      className={css.field}
      aria-label={label}
      placeholder="Enter keeps it, Escape takes it back"
      rows={2}
      maxLength={LIMITS.remark}
      value={draft}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onKeyDown={onKeyDown}
      onBlur={() => leave(true)}
    />
  );
}

function isEntered({ key, ctrlKey, metaKey }: KeyboardEvent): boolean {
  return key === 'Enter' && (ctrlKey || metaKey);
}

/** Once the field is there it is handed what was typed before it was. */
function useAhead(hand: (ahead: string) => void): void {
  const waits = useStore(writing, ({ ahead }) => ahead !== undefined);
  useEffect(() => {
    const ahead = waits ? takeAhead() : '';
    if (ahead !== '') hand(ahead);
  });
}

/** What was opened to be written into has the focus, with the caret after what is there, and gives it back. */
function useFocus(field: RefObject<HTMLTextAreaElement | null>): void {
  useEffect(() => {
    const { current } = field;
    const before = document.activeElement;
    current?.focus();
    current?.setSelectionRange(current.value.length, current.value.length);
    current?.scrollIntoView({ block: 'nearest' });
    return () => {
      if (document.activeElement === document.body && before instanceof HTMLElement) before.focus();
    };
  }, [field]);
}
