/** All keys of the page on one sheet, printed from the same table that the keyboard listens by. */
import { useEffect, useRef } from 'react';
import { X } from 'lucide-react';
import { useStore } from 'zustand';
import { Button } from '../kit/Button.tsx';
import { Icon } from '../kit/Icon.tsx';
import { closeKeySheet, keySheet } from './keySheet.ts';
import { FOCUS_KEYS, SHORTCUTS } from './keyboard.ts';
import css from './KeySheet.module.css';

export function KeySheet() {
  const open = useStore(keySheet, (state) => state.open);
  return open ? <OpenSheet /> : null;
}

function OpenSheet() {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog ref={dialog} className={css.sheet} aria-labelledby="keys-title" onClose={closeKeySheet}>
      <div className={css.head}>
        <h2 id="keys-title">Keys</h2>
        <Button square aria-label="Close" onClick={() => dialog.current?.close()}>
          <Icon of={X} />
        </Button>
      </div>
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
    </dialog>
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
