/**
 * What would take the harm away: each remedy rendered beside this run, as a table of now and with it, and applied by one
 * press, an edit like any other that is undone by one step. What turned out not to be enough is said as well.
 */
import { useEffect, useState } from 'react';
import type { Design } from '../../design/design.ts';
import { setByKey } from '../../design/keys.ts';
import { applicable, TRIED, type Remedy, type RemedyName } from '../../design/remedies.ts';
import { isEnough, leftOf, outcomesOf, type Harm } from '../../replay/story/outcomes.ts';
import type { Story } from '../../state/stories.ts';
import type { Trial } from '../../state/trials.ts';
import type { Summary } from '../../engine/summary.ts';
import { applyField } from '../fieldEdits.ts';
import { NOTHING } from '../format.ts';
import { Button } from '../kit/Button.tsx';
import { useDocument, useRun, useSession, useTrials } from '../session.tsx';
import { printQuantity, progressWords, verdictOn } from './trialWords.ts';
import css from './Remedies.module.css';

/** Designs that are rendered beside a story, at the most: each costs what this run costs. */
const TRIALS_LIMIT = 4;

export function Remedies({ story, named }: { story: Story; named: readonly RemedyName[] }) {
  const session = useSession();
  const { design, subject } = story;
  const trials = useTrials((state) => state.trials);
  const now = useRun((run) => run.summary);
  const [chosen, setChosen] = useState<string>();
  useEffect(() => {
    if (now === undefined) return;
    const tried = subject.kind === 'violation' ? TRIED[subject.violation.kind] : [];
    const remedies = applicable(design, [...new Set([...named, ...tried])]);
    session.trials.tryOut(
      design,
      remedies.filter(({ key, text }) => setByKey(design, key, text(design)).ok).slice(0, TRIALS_LIMIT),
    );
    return () => session.trials.stop();
  }, [session, design, subject, named, now]);
  const trial = trials.find(({ remedy }) => remedy.label === chosen) ?? trials[0];
  if (trial === undefined || now === undefined) return null;
  const harm = subject.kind === 'violation' ? subject.violation.kind : subject.account.point.kind;
  return (
    <section className={css.fix} aria-label="What would take it away">
      <Fix remedy={trial.remedy} />
      <p className={css.changes}>{trial.remedy.changes}</p>
      <Table trial={trial} now={now} harm={harm} contract={design.contract} />
      <Others
        trials={trials}
        shown={trial}
        now={now}
        harm={harm}
        contract={design.contract}
        onChoose={setChosen}
      />
    </section>
  );
}

function Fix({ remedy }: { remedy: Remedy }) {
  const session = useSession();
  const design = useDocument((state) => state.design);
  return (
    <div className={css.head}>
      <Button kind="primary" onClick={() => applyField(session, remedy.key, remedy.text(design))}>
        Fix: {remedy.label.charAt(0).toLowerCase() + remedy.label.slice(1)}
      </Button>
      <span>rendered beside this run, not applied yet</span>
    </div>
  );
}

function Table({
  trial,
  now,
  harm,
  contract,
}: {
  trial: Trial;
  now: Summary;
  harm: Harm;
  contract: Design['contract'];
}) {
  const { summary, share, why } = trial;
  if (why !== undefined) return <p className={css.changes}>It cannot be rendered: {why}</p>;
  // As large while it is rendered as when it is there: what follows keeps its place under the eye.
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">
            {summary === undefined ? <span role="status">{progressWords(share)}</span> : 'what would change'}
          </th>
          <th scope="col">now</th>
          <th scope="col">with it</th>
        </tr>
      </thead>
      <tbody>
        {outcomesOf(harm, now, summary ?? now).map(({ quantity, now: before, then }) => {
          const printed = [before, then].map((value) => printQuantity(quantity, value, contract));
          return (
            <tr key={quantity.label}>
              <th scope="row">{quantity.label}</th>
              <td>{printed[0]}</td>
              <td>
                {summary === undefined || printed[0] === printed[1] ? (
                  <span>{summary === undefined ? NOTHING : 'no change'}</span>
                ) : (
                  <b>{printed[1]}</b>
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** The others that were rendered, each with what it leaves of the harm. */
function Others({
  trials,
  shown,
  now,
  harm,
  contract,
  onChoose,
}: {
  trials: readonly Trial[];
  shown: Trial;
  now: Summary;
  harm: Harm;
  contract: Design['contract'];
  onChoose: (label: string) => void;
}) {
  const others = trials.filter((trial) => trial !== shown);
  if (others.length === 0) return null;
  const { summary } = shown;
  const enough = summary !== undefined && isEnough(leftOf(harm, now, summary));
  return (
    <ul className={css.others} aria-label="Other remedies">
      {others.map((trial) => (
        <li key={trial.remedy.label}>
          <button type="button" className="touched" onClick={() => onChoose(trial.remedy.label)}>
            {trial.remedy.label}
          </button>{' '}
          {verdictOn(trial, now, harm, enough, contract)}
        </li>
      ))}
    </ul>
  );
}
