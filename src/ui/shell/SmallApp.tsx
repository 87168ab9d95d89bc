/**
 * The page on a small screen: the diagram turned downward, the timeline as one strip, and everything else as tabs of a
 * sheet that is closed, half open or full. Nothing is missing, only one thing at a time.
 */
import { AddFault } from '../timeline/AddFault.tsx';
import { MobileStrip } from '../timeline/MobileStrip.tsx';
import { LazyDiagram } from './LazyDiagram.tsx';
import { PolicySelect } from './PolicyBar.tsx';
import { Sheet } from './Sheet.tsx';
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
