/** All marks and keys of the page on one sheet; the keys are printed from the same table that the keyboard listens by. */
import { X } from 'lucide-react';
import { useStore } from 'zustand';
import { Button } from '../kit/Button.tsx';
import { Icon } from '../kit/Icon.tsx';
import { Modal } from '../kit/Modal.tsx';
import { closeKeySheet, keySheet } from './keySheet.ts';
import { FOCUS_KEYS, SHORTCUTS } from './keyboard.ts';
import { Marks } from './Marks.tsx';
import css from './KeySheet.module.css';

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
      <h3 className={css.title}>Keys</h3>
      <dl className={css.keys}>
        {SHORTCUTS.map(({ keys, words }) => (
          <Row key={keys} keys={keys} words={words} />
        ))}
      </dl>
      <h3 className={css.title}>Where the focus is</h3>
      <dl className={css.keys}>
        {FOCUS_KEYS.map(({ keys, words }) => (
          <Row key={keys} keys={keys} words={words} />
        ))}
      </dl>
    </div>
  );
}

function Row({ keys, words }: { keys: string; words: string }) {
  return (
    <>
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
    </>
  );
}
