/** The bar above everything: whose page it is, what is open, what was changed last, and what can be done with the whole. */
import { useEffect, useState, type KeyboardEvent } from 'react';
import { useStore } from 'zustand';
import { Columns2, Contrast, LayoutGrid, Redo2, Undo2 } from 'lucide-react';
import { LIMITS } from '../../design/limits.ts';
import { presetOf } from '../../design/presets.ts';
import { Button } from '../kit/Button.tsx';
import { Icon } from '../kit/Icon.tsx';
import { cx } from '../kit/cx.ts';
import { gallerySheet, OPENER, toggleGallery } from '../gallery/sheet.ts';
import { useComparison, useDocument, useSession, useView } from '../session.tsx';
import { setTitle, toggleComparison } from '../actions.ts';
import { COMPARE_OPENER } from '../compare/opener.ts';
import { ExportMenu } from '../export/ExportMenu.tsx';
import { DesignMenu } from '../share/DesignMenu.tsx';
import { ShareButton } from '../share/ShareButton.tsx';
import { Logo } from './Logo.tsx';
import { otherTheme } from './theme.ts';
import css from './TopBar.module.css';

export function TopBar() {
  return (
    <header className={css.top}>
      <h1 className={css.brand}>
        <Logo />
        Throughline
      </h1>
      <span className={css.separator} />
      <Title />
      <DesignMenu />
      <History />
      <LastChange />
      <span className={css.grow} />
      <PresetsButton />
      <CompareButton />
      <ExportMenu />
      <ThemeButton />
      <span className={css.share}>
        <ShareButton />
      </span>
    </header>
  );
}

/** The same for small screens: what does not fit lies in the design's menu. */
export function SmallTopBar() {
  return (
    <header className={cx(css.top, css.small)}>
      <h1 className={css.brand}>
        <Logo />
        <span className="unseen">Throughline</span>
      </h1>
      <Title />
      <DesignMenu complete />
      <span className={css.grow} />
      <UndoButton />
      <CompareButton square />
      <ExportMenu square />
      <ShareButton />
    </header>
  );
}

function Title() {
  const session = useSession();
  const title = useDocument((state) => state.design.title);
  const placeholder = useDocument((state) => presetOf(state.design).title);
  const [draft, setDraft] = useState<string>();
  const words = draft ?? title;

  const commit = () => {
    if (draft !== undefined && draft.trim() !== title) setTitle(session, draft.trim());
    setDraft(undefined);
  };
  // A page that goes while its title is typed keeps what there is of it: before anybody else writes down what is open.
  useEffect(() => {
    if (draft === undefined) return;
    const options = { capture: true };
    addEventListener('pagehide', commit, options);
    return () => removeEventListener('pagehide', commit, options);
  });
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Escape') setDraft(undefined);
    if (event.key === 'Enter' || event.key === 'Escape') {
      event.preventDefault();
      // Leaving the field commits the draft; after Escape there is none.
      const field = event.currentTarget;
      queueMicrotask(() => field.blur());
    }
  };
  return (
    <span className={css.title} data-words={words === '' ? placeholder : words}>
      <input
        className={css.field}
        aria-label="Title of the design"
        placeholder={placeholder}
        size={1}
        maxLength={LIMITS.title}
        value={words}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onBlur={commit}
        onKeyDown={onKeyDown}
      />
    </span>
  );
}

function UndoButton() {
  const { documents } = useSession();
  const last = useDocument((state) => state.past.at(-1)?.change.label);
  return (
    <Button
      square
      aria-label={last === undefined ? 'Undo' : `Undo: ${last}`}
      title="Undo (Ctrl Z)"
      disabled={last === undefined}
      onClick={() => documents.undo()}
    >
      <Icon of={Undo2} />
    </Button>
  );
}

function History() {
  const { documents } = useSession();
  const next = useDocument((state) => state.future[0]?.change.label);
  return (
    <span className={css.history}>
      <UndoButton />
      <Button
        square
        aria-label={next === undefined ? 'Redo' : `Redo: ${next}`}
        title="Redo (Ctrl Shift Z)"
        disabled={next === undefined}
        onClick={() => documents.redo()}
      >
        <Icon of={Redo2} />
      </Button>
    </span>
  );
}

function LastChange() {
  const change = useDocument((state) => state.lastChange);
  return (
    <span role="status" className={cx(change !== undefined && css.change)}>
      {change !== undefined && (
        <>
          <span className={css.what}>last change</span> <b>{change.label}</b>
          {change.before !== undefined && <s>{change.before}</s>}
          {change.after !== undefined && <b>{change.after}</b>}
        </>
      )}
    </span>
  );
}

function PresetsButton() {
  const open = useStore(gallerySheet, (state) => state.open);
  return (
    <Button id={OPENER} aria-pressed={open} title="Designs to begin from (P)" onClick={toggleGallery}>
      <Icon of={LayoutGrid} />
      Presets
    </Button>
  );
}

function CompareButton({ square = false }: { square?: boolean }) {
  const session = useSession();
  const open = useComparison((state) => state.versus !== undefined);
  return (
    <Button
      id={COMPARE_OPENER}
      square={square}
      aria-pressed={open}
      {...(square ? { 'aria-label': 'Compare' } : {})}
      title="Compare with another design (C)"
      onClick={() => toggleComparison(session)}
    >
      <Icon of={Columns2} />
      {!square && 'Compare'}
    </Button>
  );
}

function ThemeButton() {
  const { view } = useSession();
  const theme = useView((state) => state.theme);
  return (
    <Button square aria-label="Theme" title="Theme (T)" onClick={() => view.setTheme(otherTheme(theme))}>
      <Icon of={Contrast} />
    </Button>
  );
}
