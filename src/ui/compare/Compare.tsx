/**
 * Two designs side by side: small diagrams, what it comes to in a sentence, both runs over each other, and the table of
 * differences over several seeds. It takes the place of the stage; the timeline's transport moves both.
 */
import { X } from 'lucide-react';
import { writeLink } from '../../design/links.ts';
import { otherArrivals } from '../../design/arrivals.ts';
import type { Design } from '../../design/design.ts';
import { openDesign, pinAsGhost } from '../actions.ts';
import { nameOf } from '../designName.ts';
import { Button } from '../kit/Button.tsx';
import { Icon } from '../kit/Icon.tsx';
import { prettyWords } from '../pretty.ts';
import { say } from '../said.ts';
import { useComparison, useDocument, useSession } from '../session.tsx';
import { copyText } from '../share/copy.ts';
import { SmallTopBar, TopBar } from '../shell/TopBar.tsx';
import { MobileStrip } from '../timeline/MobileStrip.tsx';
import { Transport } from '../timeline/Transport.tsx';
import { ChooseOther } from './ChooseOther.tsx';
import { Differences } from './Differences.tsx';
import { PairCharts } from './PairCharts.tsx';
import { Side } from './Side.tsx';
import { comparisonText, verdictSentence } from './values.ts';
import css from './Compare.module.css';

export function Compare({ small }: { small: boolean }) {
  const session = useSession();
  const design = useDocument((state) => state.design);
  const versus = useComparison((state) => state.versus);
  if (versus === undefined) return null;
  const swap = (): void => {
    session.comparison.open(design);
    openDesign(session, versus, 'A and B swapped');
  };
  return (
    <div className={css.app} data-size={small ? 'small' : 'wide'}>
      {small ? <SmallTopBar /> : <TopBar />}
      <main className={css.main} aria-label="Comparison">
        <div className={css.two}>
          <Side letter="a" design={design} />
          <Side letter="b" design={versus}>
            <span className={css.acts}>
              <ChooseOther />
              <Button small kind="line" title="Open B, and compare it with A" onClick={swap}>
                Swap
              </Button>
              <Button
                small
                kind="line"
                title="Draw B grey and dashed behind the charts of the open design"
                onClick={() => pinAsGhost(session, versus)}
              >
                Pin as ghost
              </Button>
              <Button
                small
                square
                aria-label="Close the comparison"
                title="Close the comparison (C)"
                onClick={() => session.comparison.close()}
              >
                <Icon of={X} />
              </Button>
            </span>
          </Side>
        </div>
        <Summary a={design} b={versus} />
        <div className={css.below}>
          <PairCharts />
          <Differences />
        </div>
      </main>
      <section className={css.time} aria-label="Timeline">
        {small ? <MobileStrip /> : <Transport />}
      </section>
    </div>
  );
}

function Summary({ a, b }: { a: Design; b: Design }) {
  const reading = useComparison((state) => state.reading);
  const underWay = useComparison((state) => state.share !== undefined);
  const keys = otherArrivals(a, b);
  const [nameA, nameB] = [nameOf(a), nameOf(b)];
  const names = nameA === nameB ? { a: 'A', b: 'B' } : { a: nameA, b: nameB };
  const known = reading !== undefined && reading.seeds.length > 0;
  const copy = (): void => {
    if (reading === undefined) return;
    const text = comparisonText(reading, { a: `#${writeLink(a)}`, b: `#${writeLink(b)}` });
    void copyText(text).then((done) => say(done ? 'Table copied' : 'The clipboard is not available here'));
  };
  return (
    <div className={css.summary}>
      <p role="status">
        {known
          ? verdictSentence(reading, names)
          : underWay
            ? 'The first pair of runs is being rendered.'
            : 'No pair of runs was rendered.'}
      </p>
      <span className={css.note}>
        {keys.length === 0
          ? `same workload, same seeds, same arrivals${underWay ? '; more seeds on their way' : ''}`
          : `not the same arrivals: ${keys.join(', ')} ${keys.length === 1 ? 'differs' : 'differ'}`}
      </span>
      {reading?.stopped.map(({ side, seed, why }) => (
        <span key={`${side} ${seed}`} className={css.stopped}>
          {side.toUpperCase()} with seed {seed} ended before its time: {prettyWords(why)}
        </span>
      ))}
      <Button small kind="line" className={css.copy} disabled={!known} onClick={copy}>
        Copy as text
      </Button>
    </div>
  );
}
