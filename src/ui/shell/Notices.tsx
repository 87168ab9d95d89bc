/**
 * What the page has to say about itself, above everything: problems of a link or file that was opened, a run that
 * failed, an engine that had to be started again. Nothing here blocks, and what was open is never lost.
 */
import { CircleAlert, X } from 'lucide-react';
import { useStore } from 'zustand';
import { isFieldKey } from '../../design/fields.ts';
import type { Problem } from '../../design/problem.ts';
import { applyField } from '../fieldEdits.ts';
import { Button } from '../kit/Button.tsx';
import { cx } from '../kit/cx.ts';
import { Icon } from '../kit/Icon.tsx';
import { ProblemText } from '../kit/ProblemText.tsx';
import { Mark } from '../marks/Mark.tsx';
import { said } from '../said.ts';
import { useDocument, useRun, useSession } from '../session.tsx';
import css from './Notices.module.css';
import { newer } from './offline.ts';

/** More problems than this are counted, not listed. */
const LISTED = 5;

export function Notices() {
  return (
    <div className={css.notices}>
      <OpenedWithProblems />
      <FailedRun />
      <EngineNotice />
      <NewerBuild />
      <Said />
    </div>
  );
}

function OpenedWithProblems() {
  const { documents } = useSession();
  const problems = useDocument((state) => state.problems);
  const refused = useDocument((state) => state.refused);
  const canUndo = useDocument((state) => state.past.length > 0) && !refused;
  if (problems.length === 0) return null;
  return (
    <section className={css.notice} role="alert" aria-label="Problems of what was opened">
      <Close label="Dismiss" onClose={() => documents.dismissProblems()} />
      {problems.slice(0, LISTED).map((problem, index) => (
        <OneProblem key={index} problem={problem} />
      ))}
      {problems.length > LISTED && <p className={css.kept}>and {problems.length - LISTED} more.</p>}
      <p className={css.kept}>
        {refused
          ? 'Nothing was opened: this is the design that was open before.'
          : canUndo
            ? 'The rest was kept, and what you had open is one undo away.'
            : 'The rest was kept.'}
        {canUndo && (
          <Button small kind="line" className={css.undo} onClick={() => documents.undo()}>
            Undo
          </Button>
        )}
      </p>
    </section>
  );
}

function OneProblem({ problem }: { problem: Problem }) {
  const session = useSession();
  const { key, value } = problem;
  const mend = (nearest: string) => {
    if (applyField(session, key, nearest) === undefined) session.documents.dismissProblems(problem);
  };
  return (
    <div className={css.row}>
      <Mark name="violation" />
      <div className={css.words}>
        <b className="id">{value === '' ? key : `${key}=${value}`}</b>
        {isFieldKey(key) ? (
          <ProblemText problem={problem} onNearest={mend} />
        ) : (
          <ProblemText problem={problem} />
        )}
      </div>
    </div>
  );
}

function FailedRun() {
  const error = useRun((run) => (run.phase === 'failed' ? run.error : undefined));
  const session = useSession();
  const { documents, run } = session;
  const canUndo = useDocument((state) => state.past.length > 0);
  if (error === undefined) return null;
  return (
    <section className={css.notice} role="alert" aria-label="The run failed">
      <Close label="Dismiss" onClose={() => run.dismissError()} />
      <div className={css.row}>
        <Mark name="violation" />
        <div className={css.words}>
          <b>This run could not be finished</b>
          {error} The design is kept.
        </div>
      </div>
      <p className={css.acts}>
        <Button small kind="line" onClick={() => session.retry()}>
          Try again
        </Button>
        {canUndo && (
          <Button small kind="line" onClick={() => documents.undo()}>
            Undo the last change
          </Button>
        )}
      </p>
    </section>
  );
}

function EngineNotice() {
  const { run } = useSession();
  const notice = useRun((state) => state.notice);
  if (notice === undefined) return null;
  return (
    <section className={css.notice} role="status">
      <Close label="Dismiss" onClose={() => run.dismissNotice()} />
      <div className={css.row}>
        <Icon of={CircleAlert} size={14} />
        <div className={css.words}>{notice}</div>
      </div>
    </section>
  );
}

function NewerBuild() {
  const takeOver = useStore(newer, (state) => state.takeOver);
  if (takeOver === undefined) return null;
  return (
    <section className={css.notice} role="status" aria-label="A newer version">
      <Close label="Later" onClose={() => newer.setState({ takeOver: undefined })} />
      <div className={css.row}>
        <Icon of={CircleAlert} size={14} />
        <div className={css.words}>
          A newer version of Throughline is ready. Your work stays.
          <Button small kind="line" className={css.undo} onClick={takeOver}>
            Reload
          </Button>
        </div>
      </div>
    </section>
  );
}

function Said() {
  const text = useStore(said, (state) => state.text);
  return (
    <p role="status" className={cx(text !== undefined && css.notice, css.said)}>
      {text}
    </p>
  );
}

function Close({ label, onClose }: { label: string; onClose: () => void }) {
  return (
    <Button small square className={css.close} aria-label={label} onClick={onClose}>
      <Icon of={X} size={14} />
    </Button>
  );
}
