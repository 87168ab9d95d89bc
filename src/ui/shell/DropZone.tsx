/** A design dropped on the page or pasted into it opens, be it a JSON file, its text or a link. */
import { useEffect, useState } from 'react';
import { useSession } from '../session.tsx';
import { looksLikeDesign, openFile, openText } from '../share/files.ts';
import { TYPES_INTO } from './keyboard.ts';
import css from './DropZone.module.css';

function carriesDesign({ dataTransfer }: DragEvent): boolean {
  return dataTransfer !== null && ['Files', 'text/plain'].some((type) => dataTransfer.types.includes(type));
}

function isTyped(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches(TYPES_INTO);
}

export function DropZone() {
  const session = useSession();
  const [over, setOver] = useState(false);

  useEffect(() => {
    const listening = new AbortController();
    const { signal } = listening;
    /** What is dragged comes from this page: a selected text, say, which is meant for a field if for anything. */
    let own = false;
    const onDragOver = (event: DragEvent) => {
      if (own || !carriesDesign(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const onDragLeave = ({ relatedTarget }: DragEvent) => {
      if (relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent) => {
      setOver(false);
      if (own || !carriesDesign(event)) return;
      event.preventDefault();
      const file = event.dataTransfer?.files[0];
      if (file !== undefined) void openFile(session, file);
      else openText(session, event.dataTransfer?.getData('text/plain') ?? '', 'what was dropped');
    };
    const onPaste = (event: ClipboardEvent) => {
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (isTyped(event.target) || !looksLikeDesign(text)) return;
      event.preventDefault();
      openText(session, text, 'what was pasted');
    };
    addEventListener('dragstart', () => (own = true), { signal });
    // Of what is gone from the page meanwhile no end is told.
    for (const over of ['dragend', 'pointerdown']) addEventListener(over, () => (own = false), { signal });
    addEventListener('dragover', onDragOver, { signal });
    addEventListener('dragleave', onDragLeave, { signal });
    addEventListener('drop', onDrop, { signal });
    addEventListener('paste', onPaste, { signal });
    return () => listening.abort();
  }, [session]);

  return over ? (
    <div className={css.over}>
      <span className={css.words}>Drop a design to open it</span>
    </div>
  ) : null;
}
