/**
 * The one screen: top bar, policies over the diagram, the panel with contract and inspector, and the timeline. It lays
 * them out for the width there is, and holds nothing but that; every part reads the session for itself.
 */
import { useEffect, useState } from 'react';
import { PanelRightClose, PanelRightOpen } from 'lucide-react';
import { Contract } from '../contract/Contract.tsx';
import { Freshness } from '../freshness/Freshness.tsx';
import { Inspector } from '../inspector/Inspector.tsx';
import { Button } from '../kit/Button.tsx';
import { fetched } from '../kit/fetched.tsx';
import { Icon } from '../kit/Icon.tsx';
import { Hints } from '../kit/Hints.tsx';
import { cx } from '../kit/cx.ts';
import { LiveLog } from '../log/LiveLog.tsx';
import { MarkDefs } from '../marks/Mark.tsx';
import { LazyPalette } from '../palette/LazyPalette.tsx';
import { Notes } from '../notes/Notes.tsx';
import { Timeline } from '../timeline/Timeline.tsx';
import { DropZone } from './DropZone.tsx';
import { KeySheet } from './KeySheet.tsx';
import { Notices } from './Notices.tsx';
import { PolicyBar } from './PolicyBar.tsx';
import { useStory, useView } from '../session.tsx';
import { LazyDiagram } from './LazyDiagram.tsx';
import { LazyExcerpt } from './LazyExcerpt.tsx';
import { LazyStory } from './LazyStory.tsx';
import { TopBar } from './TopBar.tsx';
import { useCompare } from './useCompare.tsx';
import { useGallery } from './useGallery.tsx';
import { useWidth } from './useWidth.ts';
import css from './App.module.css';

const loadSmallApp = async () => (await import('./SmallApp.tsx')).SmallApp;
/** Only small screens wait for it. */
const SmallApp = fetched('The page for small screens', loadSmallApp);
/** When the others fetch it, milliseconds: a tablet that is turned upright later may have no network then. */
const FETCH_AFTER_MS = 5_000;

export function App() {
  const small = useWidth() === 'small';
  const drawComparison = useCompare();
  const drawGallery = useGallery();
  useEffect(() => {
    // Without a network nothing is lost yet: it is asked for again when it is needed.
    const timer = setTimeout(() => void loadSmallApp().catch(() => undefined), FETCH_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <>
      <MarkDefs />
      {(drawGallery ?? drawComparison)?.(small) ?? <Screen small={small} />}
      <Notices />
      <KeySheet />
      <LazyPalette />
      <DropZone />
      <Hints />
      <LiveLog />
    </>
  );
}

function Screen({ small }: { small: boolean }) {
  return small ? <SmallApp /> : <LargeApp />;
}

function LargeApp() {
  const narrow = useWidth() === 'narrow';
  const [folded, setFolded] = useState(false);
  const hidden = narrow && folded;
  const told = useStory().phase !== 'none';
  const alone = useView((view) => !view.storyBeside) && told;
  return (
    <div className={cx(css.app, narrow && css.narrow, hidden && css.folded, alone && css.alone)}>
      <TopBar />
      {alone && (
        <main className={css.tale} aria-label="Story">
          <LazyStory alone />
        </main>
      )}
      <main className={css.stage} aria-label="The design">
        <div className={css.policies}>
          <PolicyBar />
        </div>
        <div className={css.diagram}>
          <LazyDiagram asleep={alone} />
        </div>
        {narrow && (
          <Button
            square
            className={css.fold}
            aria-label={hidden ? 'Show the panel' : 'Hide the panel'}
            onClick={() => setFolded(!hidden)}
          >
            <Icon of={hidden ? PanelRightOpen : PanelRightClose} />
          </Button>
        )}
      </main>
      <aside className={css.panel} aria-label="Contract and inspector">
        {told && !alone && <LazyStory />}
        <LazyExcerpt />
        <Notes />
        <Contract />
        <Freshness />
        <Inspector />
      </aside>
      <section className={css.time} aria-label="Timeline">
        <Timeline />
      </section>
    </div>
  );
}
