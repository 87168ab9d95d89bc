/**
 * The quiet line that explains a word: one for the whole page. Whatever carries `data-hint` is explained while the pointer
 * rests on it, or while it, or something inside it, has the keyboard's focus. Escape takes the line away.
 */
import { useEffect, useRef } from 'react';
import css from './Hints.module.css';
import { placeUnder } from './place.ts';

const REST_MS = 350;
const ID = 'hint';

export function Hints() {
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => (line.current === null ? undefined : follow(line.current)), []);
  return (
    <section aria-label="Explanation">
      <div ref={line} id={ID} role="tooltip" popover="manual" className={css.hint} />
    </section>
  );
}

/** Listens for what is pointed at or focused until the returned function is called. */
function follow(line: HTMLElement): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let shown: { over: Element; spoken: Element } | undefined;

  const hide = (): void => {
    clearTimeout(timer);
    // What describes itself is left to it.
    if (shown?.spoken.getAttribute('aria-describedby') === ID)
      shown.spoken.removeAttribute('aria-describedby');
    shown = undefined;
    line.hidePopover();
  };
  const show = (over: Element, spoken: Element): void => {
    if (!over.isConnected) return;
    line.textContent = over.getAttribute('data-hint');
    line.showPopover();
    placeUnder(line, over.getBoundingClientRect());
    if (!spoken.hasAttribute('aria-describedby')) spoken.setAttribute('aria-describedby', ID);
    shown = { over, spoken };
  };
  const turnTo = (target: EventTarget | null, spoken?: Element): void => {
    const over = target instanceof Element ? target.closest('[data-hint]') : null;
    if (over !== null && over === shown?.over) return;
    hide();
    if (over !== null) timer = setTimeout(() => show(over, spoken ?? over), REST_MS);
  };
  const onPoint = (event: PointerEvent): void => turnTo(event.target);
  const onFocus = ({ target }: Event): void => {
    if (!(target instanceof Element) || !target.matches(':focus-visible')) return;
    // In a list the focus stays on the whole of it, and goes from row to row by name.
    const row = document.getElementById(target.getAttribute('aria-activedescendant') ?? '');
    turnTo(row ?? target, target);
  };
  const onKeyUp = (event: KeyboardEvent): void => {
    if (event.target instanceof Element && event.target.hasAttribute('aria-activedescendant')) onFocus(event);
  };
  // A finger has no way to rest: what it touches is explained until it touches something else.
  const onPress = (event: PointerEvent): void => {
    if (event.pointerType !== 'touch') hide();
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') hide();
  };

  const stop = new AbortController();
  const { signal } = stop;
  document.addEventListener('pointerover', onPoint, { signal });
  document.addEventListener('focusin', onFocus, { signal });
  document.addEventListener('keyup', onKeyUp, { signal });
  document.addEventListener('pointerdown', onPress, { signal, capture: true });
  document.addEventListener('input', hide, { signal, capture: true });
  document.addEventListener('keydown', onKey, { signal, capture: true });
  document.addEventListener('scroll', hide, { signal, capture: true });
  return () => {
    hide();
    stop.abort();
  };
}
