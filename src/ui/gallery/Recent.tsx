/**
 * The documents that this browser keeps, the newest first: one press opens one again, and each can be named anew or
 * deleted. The one that is open says so.
 */
import { useRef, useState, type KeyboardEvent } from 'react';
import { Pencil, Trash2 } from 'lucide-react';
import type { Result } from '../../base/result.ts';
import type { Design } from '../../design/design.ts';
import { printFault } from '../../design/faults.ts';
import { fieldByKey } from '../../design/fields.ts';
import type { FieldKey } from '../../design/fieldWords.ts';
import { differences } from '../../design/keys.ts';
import { LIMITS } from '../../design/limits.ts';
import { presetOf } from '../../design/presets.ts';
import { DOCUMENTS_LIMIT } from '../../state/kept.ts';
import { KEPT_STEPS } from '../../state/work.ts';
import type { RecentDocument } from '../../state/recent.ts';
import { Button } from '../kit/Button.tsx';
import { cx } from '../kit/cx.ts';
import { Icon } from '../kit/Icon.tsx';
import { say } from '../said.ts';
import { useSession } from '../session.tsx';
import { DesignPicture } from './DesignPicture.tsx';
import { closeGallery } from './sheet.ts';
import css from './Gallery.module.css';

/** The document that was deleted last. */
interface Gone {
  readonly title: string;
  readonly putBack: () => Result<void>;
}

/** What is shown before one asks for all. */
const FEW = 4;

export function Recent() {
  const { recent } = useSession();
  const [documents, setDocuments] = useState(() => recent.list());
  const [all, setAll] = useState(false);
  const [gone, setGone] = useState<Gone>();
  const refresh = () => setDocuments(recent.list());
  const remove = ({ id, title }: RecentDocument) => {
    const done = recent.remove(id);
    if (done.ok) setGone({ title, putBack: done.value });
    else say(done.error);
    refresh();
  };
  const putBack = () => {
    const done = gone?.putBack();
    if (done?.ok === false) say(done.error);
    else setGone(undefined);
    refresh();
  };
  // The one that is open needs no way to itself: what else is there to begin from stands first.
  if (gone === undefined && documents.every(({ isOpen }) => isOpen)) return null;
  return (
    <section aria-labelledby="recent">
      <h3 id="recent" className={css.title}>
        Recent
      </h3>
      <p className={css.source}>
        Kept in this browser alone, the last {DOCUMENTS_LIMIT}, each with {KEPT_STEPS} steps of undo; each tab
        goes on with a document of its own.
      </p>
      <ul className={cx(css.entries, !all && css.few)}>
        {(all ? documents : documents.slice(0, FEW)).map((document) => (
          <Entry key={document.id} document={document} onChange={refresh} onRemove={() => remove(document)} />
        ))}
      </ul>
      <p role="status" className={css.gone}>
        {gone !== undefined && (
          <>
            {gone.title} is deleted.
            <Button small kind="line" onClick={putBack}>
              Put it back
            </Button>
          </>
        )}
      </p>
      {documents.length > FEW && (
        <Button small kind="line" className={css.all} aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `Show all ${documents.length}`}
        </Button>
      )}
    </section>
  );
}

interface EntryProps {
  readonly document: RecentDocument;
  readonly onChange: () => void;
  readonly onRemove: () => void;
}

function Entry({ document, onChange, onRemove }: EntryProps) {
  const { recent } = useSession();
  const [naming, setNaming] = useState(false);
  const { id, title, design, savedAt, isOpen } = document;
  const open = () => {
    recent.open(id);
    closeGallery();
  };
  const rename = (next: string) => {
    setNaming(false);
    const done = recent.rename(id, next);
    if (!done.ok) say(done.error);
    onChange();
  };
  return (
    <li className={css.entry}>
      <button type="button" className={css.choose} onClick={open}>
        <DesignPicture design={design} />
        <span className={css.name}>{title}</span>
        <span className={css.sentence}>{isOpen ? 'open now' : `left ${whenOf(savedAt)}`}</span>
        <span className={cx(css.changes, 'id')}>{changesOf(design)}</span>
      </button>
      <div className={css.acts}>
        {naming ? (
          <Name title={title} onName={rename} onLeave={() => setNaming(false)} />
        ) : (
          <>
            <Button small aria-label={`Rename ${title}`} onClick={() => setNaming(true)}>
              <Icon of={Pencil} size={14} />
              Rename
            </Button>
            {!isOpen && (
              <Button small aria-label={`Delete ${title}`} onClick={onRemove}>
                <Icon of={Trash2} size={14} />
                Delete
              </Button>
            )}
          </>
        )}
      </div>
    </li>
  );
}

interface NameProps {
  readonly title: string;
  readonly onName: (title: string) => void;
  readonly onLeave: () => void;
}

/** Enter or leaving it takes the name, Escape leaves the one before. */
function Name({ title, onName, onLeave }: NameProps) {
  const left = useRef(false);
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    left.current = true;
    if (event.key === 'Enter') onName(event.currentTarget.value);
    else onLeave();
  };
  return (
    <input
      autoFocus
      className={css.naming}
      aria-label={`New name of ${title}`}
      maxLength={LIMITS.title}
      defaultValue={title}
      onFocus={(event) => event.currentTarget.select()}
      onKeyDown={onKeyDown}
      onBlur={(event) => {
        if (!left.current) onName(event.currentTarget.value);
      }}
    />
  );
}

/** What the design changes of its preset, as a link says it: many are called by the same name. */
function changesOf(design: Design): string {
  const settings = differences(design, presetOf(design).design).filter(({ key }) => !isText(key));
  const faults = design.faults.map((fault) => ({ key: 'fault', text: printFault(fault) }));
  return [...settings, ...faults].map(({ key, text }) => `${key}=${text}`).join(' ');
}

function isText(key: FieldKey): boolean {
  return fieldByKey(key)?.kind === 'text';
}

/** In the reader's own time and manner of writing it. */
function whenOf(savedAt: number): string {
  return new Date(savedAt).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
}
