/**
 * The page on a small screen: the diagram turned downward, the timeline as one strip, and everything else as tabs of a
 * sheet that is closed, half open or full. Nothing is missing, only one thing at a time.
 */
import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { useStore } from 'zustand';
import { Contract } from '../contract/Contract.tsx';
import { ChartsPanel } from '../charts/ChartsPanel.tsx';
import { violationsWords } from '../contract/words.ts';
import { Freshness } from '../freshness/Freshness.tsx';
import { Inspector } from '../inspector/Inspector.tsx';
import { cx } from '../kit/cx.ts';
import { focusNextViolation } from '../nextViolation.ts';
import { Notes } from '../notes/Notes.tsx';
import { writing } from '../notes/writing.ts';
import { useExcerpt, useRun, useSession, useStory, useView } from '../session.tsx';
import { AddFault } from '../timeline/AddFault.tsx';
import { MobileStrip } from '../timeline/MobileStrip.tsx';
import { Unfinished } from '../timeline/Transport.tsx';
import { LazyDiagram } from './LazyDiagram.tsx';
import { LazyExcerpt } from './LazyExcerpt.tsx';
import { LazyStory } from './LazyStory.tsx';
import { PolicySelect } from './PolicyBar.tsx';
import { SmallTopBar } from './TopBar.tsx';
import css from './SmallApp.module.css';

export function SmallApp() {
  return (
    <div className={css.app}>
      <SmallTopBar />
      <main className={css.stage} aria-label="The design">
        <div className={css.policies}>
          <PolicySelect />
          <AddFault />
        </div>
        <div className={css.diagram}>
          <LazyDiagram />
        </div>
      </main>
      <section className={css.strip} aria-label="Timeline">
        <MobileStrip />
      </section>
      <Sheet />
    </div>
  );
}

const HEIGHTS = ['closed', 'half', 'full'] as const;
const FULL = HEIGHTS.length - 1;
const TABS = ['contract', 'selection', 'charts'] as const;
type Tab = (typeof TABS)[number];

/** How far the grip must be pulled to take the next height, CSS pixels. */
const PULL = 32;

function Sheet() {
  const [height, setHeight] = useState(1);
  const [tab, setTab] = useState<Tab>('contract');
  const selection = useView((state) => state.selection);
  const told = useStory().phase !== 'none';
  const violation = useView((state) => state.focusedViolation);
  const noted = useStore(writing);
  const [read, setRead] = useState(noted);
  const operation = useView((state) => state.focusedOperation);
  const [seen, setSeen] = useState<unknown>();
  const [before, setBefore] = useState(height);
  const marked = useExcerpt((state) => state.span !== undefined);
  const [measured, setMeasured] = useState(false);
  const pulledFrom = useRef<number>(undefined);
  const labels: Readonly<Record<Tab, string>> = {
    contract: 'Contract',
    selection: selection ?? 'Design',
    charts: 'Charts',
  };

  const show = (next: Tab) => {
    setTab(next);
    setHeight((was) => Math.max(was, 1));
  };
  // What is looked at tells its story above the contract, wherever it was chosen, and needs the room. It gives it back.
  const looked = violation ?? operation;
  if (looked !== seen) {
    setSeen(looked);
    if (looked === undefined) setHeight((was) => (was === FULL ? before : was));
    else {
      if (seen === undefined) setBefore(height);
      setTab('contract');
      setHeight(FULL);
    }
  }
  // So do the notes, when a flag is pressed or a remark is begun.
  if (noted !== read) {
    setRead(noted);
    if (noted.open !== undefined || noted.shown !== undefined) show('contract');
  }
  // What a marked window comes to stands with the charts, on which it is marked.
  if (marked !== measured) {
    setMeasured(marked);
    if (marked) show('charts');
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const next = TABS[(TABS.indexOf(tab) + step + TABS.length) % TABS.length];
    if (step === 0 || next === undefined) return;
    show(next);
    document.getElementById(`tab-${next}`)?.focus();
  };
  const onGrab = (event: PointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    pulledFrom.current = event.clientY;
  };
  const onRelease = (event: PointerEvent) => {
    if (pulledFrom.current === undefined) return;
    const pulled = pulledFrom.current - event.clientY;
    pulledFrom.current = undefined;
    if (Math.abs(pulled) < PULL) setHeight((was) => (was === 1 ? 2 : 1));
    else setHeight((was) => Math.min(Math.max(was + Math.sign(pulled), 0), FULL));
  };

  return (
    <section
      className={cx(css.sheet, css[HEIGHTS[height] ?? 'half'])}
      aria-label="Contract, selection and charts"
    >
      <button
        type="button"
        className={css.grab}
        aria-label={height === FULL ? 'Make the sheet smaller' : 'Make the sheet larger'}
        onPointerDown={onGrab}
        onPointerUp={onRelease}
        onClick={(event) => {
          // A press by key: pointers are handled above, and have a count of clicks.
          if (event.detail === 0) setHeight((was) => (was + 1) % HEIGHTS.length);
        }}
      />
      <p className={css.unfinished}>
        <Unfinished />
      </p>
      <div className={css.tabs}>
        <div role="tablist" aria-label="Sheet" className={css.list} onKeyDown={onKeyDown}>
          {TABS.map((each) => (
            <button
              key={each}
              id={`tab-${each}`}
              type="button"
              role="tab"
              aria-selected={each === tab}
              aria-controls="sheet-body"
              tabIndex={each === tab ? 0 : -1}
              className={cx(css.tab, each === 'selection' && selection !== undefined && 'id')}
              onClick={() => show(each)}
            >
              {labels[each]}
            </button>
          ))}
        </div>
        <ViolationsTab />
      </div>
      <div id="sheet-body" role="tabpanel" aria-labelledby={`tab-${tab}`} tabIndex={0} className={css.body}>
        {tab === 'contract' && (
          <>
            {told && <LazyStory />}
            <Notes />
            <Contract compact />
            <Freshness />
          </>
        )}
        {tab === 'selection' && <Inspector />}
        {tab === 'charts' && (
          <>
            <LazyExcerpt />
            <ChartsPanel />
          </>
        )}
      </div>
    </section>
  );
}

function ViolationsTab() {
  const session = useSession();
  const words = useRun(violationsWords);
  if (words === undefined) return null;
  return (
    <button
      type="button"
      className={cx(css.tab, css.violations)}
      onClick={() => focusNextViolation(session, 1)}
    >
      {words}
    </button>
  );
}
