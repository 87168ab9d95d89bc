/**
 * The sheet of the small page, over the lower part of the diagram: contract and story, what is selected, or the charts. It
 * is pulled to one of three heights, and grows by itself for what is looked at.
 */
import {
  useRef,
  useState,
  type Dispatch,
  type KeyboardEvent,
  type PointerEvent,
  type SetStateAction,
} from 'react';
import { useStore } from 'zustand';
import { ChartsPanel } from '../charts/ChartsPanel.tsx';
import { Contract } from '../contract/Contract.tsx';
import { violationsWords } from '../contract/words.ts';
import { Freshness } from '../freshness/Freshness.tsx';
import { Inspector } from '../inspector/Inspector.tsx';
import { cx } from '../kit/cx.ts';
import { Mark } from '../marks/Mark.tsx';
import { focusNextViolation } from '../nextViolation.ts';
import { Notes } from '../notes/Notes.tsx';
import { writing } from '../notes/writing.ts';
import { useExcerpt, useRun, useSession, useStops, useStory, useView } from '../session.tsx';
import { HeldNote } from '../timeline/StopsMenu.tsx';
import { Unfinished } from '../timeline/Transport.tsx';
import { LazyExcerpt } from './LazyExcerpt.tsx';
import { LazyStory } from './LazyStory.tsx';
import css from './SmallApp.module.css';

const HEIGHTS = ['closed', 'half', 'full'] as const;
const FULL = HEIGHTS.length - 1;
const TABS = ['contract', 'selection', 'charts'] as const;
type Tab = (typeof TABS)[number];

/** How far the grip must be pulled to take the next height, CSS pixels. */
const PULL = 32;

export function Sheet() {
  const { height, setHeight, tab, show } = useSheet();
  const told = useStory().phase !== 'none';
  const held = useStops((state) => state.held !== undefined);
  return (
    <section
      className={cx(css.sheet, css[HEIGHTS[height] ?? 'half'])}
      aria-label="Contract, selection and charts"
    >
      <Grip height={height} setHeight={setHeight} />
      <p className={css.passing}>{held ? <HeldNote /> : <Unfinished brief />}</p>
      <div className={css.tabs}>
        <Tabs tab={tab} show={show} />
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

type SetHeight = Dispatch<SetStateAction<number>>;

/** How high it stands and what it shows: what somebody chose, until there is something else to look at. */
function useSheet() {
  const [height, setHeight] = useState(1);
  const [tab, setTab] = useState<Tab>('contract');
  const violation = useView((state) => state.focusedViolation);
  const operation = useView((state) => state.focusedOperation);
  const selection = useView((state) => state.selection);
  const [chosen, setChosen] = useState(selection);
  const [seen, setSeen] = useState<unknown>();
  const [before, setBefore] = useState(height);
  const noted = useStore(writing);
  const [read, setRead] = useState(noted);
  const marked = useExcerpt((state) => state.span !== undefined);
  const [measured, setMeasured] = useState(false);

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
  // What is chosen on the diagram comes forward with what can be done to it; charts are read on, and a story is.
  if (selection !== chosen) {
    setChosen(selection);
    if (selection !== undefined && looked === undefined && tab !== 'charts') show('selection');
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
  return { height, setHeight, tab, show };
}

/** What it is pulled by. */
function Grip({ height, setHeight }: { height: number; setHeight: SetHeight }) {
  const pulledFrom = useRef<number>(undefined);
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
  );
}

function Tabs({ tab, show }: { tab: Tab; show: (tab: Tab) => void }) {
  const selection = useView((state) => state.selection);
  const labels: Readonly<Record<Tab, string>> = {
    contract: 'Contract',
    selection: selection ?? 'Design',
    charts: 'Charts',
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const next = TABS[(TABS.indexOf(tab) + step + TABS.length) % TABS.length];
    if (step === 0 || next === undefined) return;
    show(next);
    document.getElementById(`tab-${next}`)?.focus();
  };
  return (
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
  );
}

function ViolationsTab() {
  const session = useSession();
  const words = useRun(violationsWords);
  if (words === undefined) return null;
  const [count, noun] = words.split(' ');
  return (
    <button
      type="button"
      className={cx(css.tab, css.violations)}
      onClick={() => focusNextViolation(session, 1)}
    >
      <Mark name="violation" />
      {count}
      <span> {noun}</span>
    </button>
  );
}
