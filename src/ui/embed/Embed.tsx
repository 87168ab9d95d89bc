/**
 * The diagram alone, for a page of somebody else's: it plays, can be stopped, scrubbed and slowed, and leads to the whole
 * playground at the same moment. Nothing in it changes the design.
 */
import { useId } from 'react';
import { ExternalLink } from 'lucide-react';
import { titleOfDesign } from '../../replay/carry/report.ts';
import { Hints } from '../kit/Hints.tsx';
import { Icon } from '../kit/Icon.tsx';
import { ProblemText } from '../kit/ProblemText.tsx';
import { MarkDefs } from '../marks/Mark.tsx';
import { useDocument, useRun, useSession } from '../session.tsx';
import { LazyDiagram } from '../shell/LazyDiagram.tsx';
import { SpeedSelect, StripLine } from '../timeline/MobileStrip.tsx';
import { Clock, PlayButton } from '../timeline/Transport.tsx';
import css from './Embed.module.css';

export function Embed() {
  const id = useId();
  const title = useDocument(({ design }) => titleOfDesign(design));
  return (
    <div className={css.embed}>
      <MarkDefs />
      <main className={css.diagram} aria-labelledby={id}>
        <h1 id={id} className="unseen">
          {title}
        </h1>
        <LazyDiagram readOnly />
        <Troubles />
      </main>
      <section className={css.bar} aria-label="Timeline">
        <PlayButton />
        <Clock withDuration={false} />
        <div className={css.line}>
          <StripLine />
        </div>
        <SpeedSelect />
        <Whole />
      </section>
      <Hints />
    </div>
  );
}

/** The way to the whole page: of the moment at which it is taken, since the cursor moves on. */
function Whole() {
  const session = useSession();
  const follow = ({ currentTarget }: { currentTarget: HTMLAnchorElement }) => {
    currentTarget.href = session.link();
  };
  return (
    <a
      className={css.whole}
      href={session.link()}
      target="_blank"
      rel="noopener"
      onPointerDown={follow}
      onFocus={follow}
      onClick={follow}
    >
      <span className={css.words}>Open in</span>
      <b>Throughline</b>
      <Icon of={ExternalLink} size={14} />
    </a>
  );
}

/** What the link or the run has wrong with it. */
function Troubles() {
  const problems = useDocument((state) => state.problems);
  const error = useRun((run) => (run.phase === 'failed' ? (run.error ?? '') : undefined));
  const notice = useRun((run) => run.notice);
  if (problems.length === 0 && error === undefined && notice === undefined) return null;
  return (
    <div className={css.troubles} role="status">
      {problems.map((problem, index) => (
        <p key={index}>
          <b className="id">{problem.value === '' ? problem.key : `${problem.key}=${problem.value}`}</b>{' '}
          <ProblemText problem={problem} />
        </p>
      ))}
      {error !== undefined && <p>This run could not be finished. {error}</p>}
      {notice !== undefined && <p>{notice}</p>}
    </div>
  );
}
