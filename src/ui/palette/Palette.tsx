/**
 * The palette: one field over everything that the page can do. It filters while one types; the arrow keys choose, Enter
 * does it and the palette is gone. It owns no act of its own: those are the entries'.
 */
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useStore } from 'zustand';
import { Modal } from '../kit/Modal.tsx';
import { useSession } from '../session.tsx';
import { entriesOf, saidBy } from './entries.ts';
import type { Entry } from './entry.ts';
import { find } from './find.ts';
import { closePalette, palette, typeIntoPalette } from './palette.ts';
import css from './Palette.module.css';

/** Entries that are listed at once. Past it the list says how many there are. */
const LISTED = 40;

export function Palette() {
  return (
    <Modal label="Find anything" className={css.palette} onClose={closePalette}>
      {(close) => <Search close={close} />}
    </Modal>
  );
}

function Search({ close }: { close: () => void }) {
  const session = useSession();
  const typed = useStore(palette, (state) => state.typed);
  const [at, setAt] = useState(0);
  const [entries] = useState(() => entriesOf(session));
  const id = useId();
  const found = useMemo(() => {
    const said = saidBy(typed, session);
    return [...said, ...find(entries, typed).filter(({ words }) => !said.some((by) => by.words === words))];
  }, [entries, typed, session]);
  const listed = found.slice(0, LISTED);
  const chosen = listed[at];

  const type = (text: string) => {
    typeIntoPalette(text);
    setAt(0);
  };
  const choose = (entry: Entry | undefined) => {
    if (entry === undefined) return;
    if (entry.goesOn !== undefined) {
      type(entry.goesOn);
      return;
    }
    close();
    entry.act(session);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const last = listed.length - 1;
    const next = { ArrowDown: at >= last ? 0 : at + 1, ArrowUp: at <= 0 ? last : at - 1, Home: 0, End: last }[
      event.key
    ];
    if (event.key === 'Enter') choose(chosen);
    else if (next === undefined || (typed !== '' && (event.key === 'Home' || event.key === 'End'))) return;
    else setAt(Math.max(0, next));
    event.preventDefault();
  };

  return (
    <div className={css.inside}>
      <input
        className={css.field}
        role="combobox"
        aria-label="What to do, or where to go"
        aria-expanded={listed.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={chosen === undefined ? undefined : `${id}-${at}`}
        aria-autocomplete="list"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        placeholder="crash cache-1, cache.ttl=3s, key 12, 12.5s …"
        value={typed}
        onChange={(event) => type(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <ul id={`${id}-list`} className={css.list} role="listbox" aria-label="Found">
        {listed.map((entry, i) => (
          <Option
            key={`${entry.group} ${entry.words}`}
            id={`${id}-${i}`}
            entry={entry}
            chosen={i === at}
            onPoint={() => setAt(i)}
            onChoose={() => choose(entry)}
          />
        ))}
      </ul>
      <p className={css.count} role="status">
        {found.length === 0
          ? `Nothing is called “${typed.trim()}”. Try a node, a policy, or a key such as cache.ttl.`
          : found.length > LISTED
            ? `${LISTED} of ${found.length} shown: type on`
            : `${found.length} found`}
      </p>
    </div>
  );
}

interface OptionProps {
  readonly id: string;
  readonly entry: Entry;
  readonly chosen: boolean;
  readonly onPoint: () => void;
  readonly onChoose: () => void;
}

function Option({ id, entry: { group, words, more, keys }, chosen, onPoint, onChoose }: OptionProps) {
  const option = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (chosen) option.current?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  return (
    <li
      ref={option}
      id={id}
      role="option"
      aria-selected={chosen}
      className={css.option}
      onPointerMove={onPoint}
      onClick={onChoose}
    >
      <span className={css.group}>{group}</span>
      <span className={css.words}>
        {words}
        {more !== undefined && <small>{more}</small>}
      </span>
      {keys !== undefined && <kbd className={css.keys}>{keys}</kbd>}
    </li>
  );
}
