/** All marks and keys of the page on one sheet; the keys are printed from the same table that the keyboard listens by. */
import { X } from 'lucide-react';
import { useStore } from 'zustand';
import { Button } from '../kit/Button.tsx';
import { Icon } from '../kit/Icon.tsx';
import { Modal } from '../kit/Modal.tsx';
import { closeKeySheet, keySheet } from './keySheet.ts';
import { SHORTCUT_GROUPS } from './shortcuts.ts';
import { Marks } from './Marks.tsx';
import css from './KeySheet.module.css';

interface KeyWords {
  readonly keys: string;
  readonly words: string;
}

/** What keys do at what has the focus: the browser brings them there, and the part of the page itself listens. */
const FOCUS_KEYS: readonly KeyWords[] = [
  { keys: 'Tab', words: 'on to the next: policies, nodes by tier, panel, timeline' },
  { keys: 'Enter', words: 'on a node or a link: what can be done to it' },
  { keys: '← →', words: "on the playhead, a fault block, a window's edge: moves it" },
  { keys: '← →', words: 'on policies, speeds, violations: goes to the next' },
  { keys: 'Shift ← →', words: "on the playhead, a window's edge: ten times as far" },
  { keys: 'Home End', words: "on the playhead, a window's edge: as far as it goes" },
  { keys: 'PgUp PgDn', words: 'on the playhead: five seconds on, or back' },
  { keys: '↑ ↓', words: 'on a name in the charts: the next; Enter: it alone' },
  { keys: 'Shift ←→↑↓', words: 'on a node: moves its card' },
  { keys: 'Delete', words: 'on a fault block: removes it' },
];

export function KeySheet() {
  const open = useStore(keySheet, (state) => state.open);
  if (!open) return null;
  return (
    <Modal label="Marks and keys" className={css.sheet} onClose={closeKeySheet}>
      {(close) => <Keys close={close} />}
    </Modal>
  );
}

function Keys({ close }: { close: () => void }) {
  return (
    <div className={css.inside}>
      <div className={css.head}>
        <h2>Marks and keys</h2>
        <Button square aria-label="Close" onClick={close}>
          <Icon of={X} />
        </Button>
      </div>
      <Marks />
      <div className={css.groups}>
        {SHORTCUT_GROUPS.map(({ title, shortcuts }) => (
          <Group key={title} title={title} rows={shortcuts} />
        ))}
        <Group title="Where the focus is" rows={FOCUS_KEYS} />
      </div>
    </div>
  );
}

function Group({ title, rows }: { title: string; rows: readonly KeyWords[] }) {
  return (
    <section className={css.group}>
      <h3>{title}</h3>
      <dl>
        {rows.map(({ keys, words }) => (
          <Row key={words} keys={keys} words={words} />
        ))}
      </dl>
    </section>
  );
}

function Row({ keys, words }: KeyWords) {
  return (
    <div className={css.row}>
      <dt>
        {keys.split(' ').map((key) =>
          key === 'to' ? (
            <span key={key} className={css.to}>
              to
            </span>
          ) : (
            <kbd key={key} className={css.key}>
              {key}
            </kbd>
          ),
        )}
      </dt>
      <dd>{words}</dd>
    </div>
  );
}
