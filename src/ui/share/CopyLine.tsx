/** A text that is there to be taken along, with a button that copies it. */
import { useId } from 'react';
import { Button } from '../kit/Button.tsx';
import { say } from '../said.ts';
import { copyText } from './copy.ts';
import css from './CopyLine.module.css';

export function CopyLine({ label, text }: { label: string; text: string }) {
  const id = useId();
  const copy = () =>
    void copyText(text).then((done) => say(done ? `${label} copied` : 'The clipboard is not available here'));
  return (
    <div className={css.line}>
      <label className="unseen" htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        className={css.text}
        readOnly
        value={text}
        onFocus={(event) => event.currentTarget.select()}
      />
      <Button kind="line" onClick={copy} aria-label={`Copy: ${label}`}>
        Copy
      </Button>
    </div>
  );
}
