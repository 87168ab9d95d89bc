/**
 * The contract board: what was promised, what the run before measured, what this one does, and whether it holds. A line
 * that does not hold is the only tinted row of the screen, and its number goes to where it was first broken.
 */
import { Check, ChevronRight } from 'lucide-react';
import { isMeasured, outcomeOf } from '../../replay/promises.ts';
import type { RunState } from '../../state/run.ts';
import { applyField, textOf } from '../fieldEdits.ts';
import { NOTHING } from '../format.ts';
import { Button } from '../kit/Button.tsx';
import { cx } from '../kit/cx.ts';
import { hintIn } from '../kit/hint.ts';
import { Icon } from '../kit/Icon.tsx';
import { ValueField } from '../kit/ValueField.tsx';
import { Mark } from '../marks/Mark.tsx';
import { focusNextViolation } from '../nextViolation.ts';
import { useDocument, useRun, useSession } from '../session.tsx';
import { Breaches } from './Breaches.tsx';
import { ByKind } from './ByKind.tsx';
import { CostLine } from './Cost.tsx';
import { CONTRACT_LINES, firstBreach, formatOfLine, soFarOf, type LineWords } from './lines.ts';
import { checkedWords, holdWords, nextWords, soFarWords, violationsWords } from './words.ts';
import css from './Contract.module.css';

/** Not up to the playhead, which may stand before it or behind it. */
const OF_WHAT_IS_RENDERED = 'Of what is rendered so far, wherever the playhead stands';

/** `compact`: under a tab that says the rest, without its own head and without the run before. */
export function Contract({ compact = false }: { compact?: boolean }) {
  const hasBefore = useRun((run) => run.previous?.summary !== undefined) && !compact;
  const soFar = useRun(isFirst);
  return (
    <section className={cx(compact && css.compact)} aria-label="Contract">
      {!compact && <Head />}
      <table className={css.board}>
        <thead className={cx(compact && 'unseen')}>
          <tr>
            <th scope="col">
              <span className="unseen">promise</span>
            </th>
            <th scope="col">required</th>
            {hasBefore && (
              <th scope="col" className={css.before}>
                before
              </th>
            )}
            <th scope="col" title={soFar ? OF_WHAT_IS_RENDERED : undefined}>
              {soFar ? 'so far' : 'measured'}
            </th>
            <th scope="col" className={css.verdict}>
              <span className="unseen">verdict</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {CONTRACT_LINES.map((words) => (
            <Row key={words.line} words={words} before={hasBefore} />
          ))}
        </tbody>
      </table>
      <CostLine />
      <NothingBroken />
      {compact && <AllOfThem />}
    </section>
  );
}

/** Whether no run was measured yet: this one is the first, and what of it is there is all there is to say. */
function isFirst({ summary, series, previous }: RunState): boolean {
  return summary === undefined && previous?.summary === undefined && series !== undefined;
}

function Head() {
  const session = useSession();
  const soFar = useRun(isFirst);
  const hold = useRun((run) => (soFar ? soFarWords(run) : holdWords(run)));
  const violations = useRun(violationsWords);
  return (
    <div className={css.head}>
      <h2>Contract</h2>
      <span className={css.hold} title={soFar ? OF_WHAT_IS_RENDERED : undefined}>
        {hold}
      </span>
      {violations !== undefined && (
        <Button small className={css.violations} onClick={() => focusNextViolation(session, 1)}>
          {violations}
          <Icon of={ChevronRight} size={14} />
        </Button>
      )}
    </div>
  );
}

function Row({ words, before }: { words: LineWords; before: boolean }) {
  const { line, label, sign } = words;
  const session = useSession();
  const key = `contract.${line}` as const;
  const contract = useDocument((state) => state.design.contract);
  const text = useDocument((state) => textOf(state.design, key));
  const verdict = useRun((run) => run.summary?.contract.find((each) => each.line === line));
  const outcome = useRun(({ summary }) =>
    summary === undefined || verdict === undefined ? undefined : outcomeOf(verdict, summary),
  );
  const earlier = useRun(({ previous }) => {
    const before = previous?.summary;
    if (before === undefined || !isMeasured(line, before)) return undefined;
    return before.contract.find((each) => each.line === line)?.measured;
  });
  const soFar = useRun((run) =>
    isFirst(run) && run.series !== undefined ? soFarOf(line, run.series, run.tails) : undefined,
  );
  const broken = outcome === 'broken';
  // A promise of nothing at all (no loss) or of everything reads better without a sign.
  const absolute = contract[line] === 0 || (sign === '≥' && contract[line] === 1);

  return (
    <tr className={cx(broken && css.broken)}>
      <th scope="row">
        <span {...hintIn(label)}>{label}</span>
      </th>
      <td className={cx(css.number, css.required)}>
        <ValueField
          bare
          label={`${label}, required`}
          prefix={absolute ? '' : `${sign}\u2009`}
          text={text}
          onCommit={(typed) => applyField(session, key, typed)}
        />
      </td>
      {before && (
        <td className={cx(css.number, css.before)}>
          {earlier === undefined ? NOTHING : formatOfLine(line, earlier, contract)}
        </td>
      )}
      <td className={cx(css.number, css.measured)}>
        {outcome === 'notMeasured' ? (
          <NotMeasured />
        ) : verdict !== undefined ? (
          <Measured words={words} text={formatOfLine(line, verdict.measured, contract)} broken={broken} />
        ) : soFar !== undefined ? (
          <span className={css.awaited} title={OF_WHAT_IS_RENDERED}>
            {formatOfLine(line, soFar, contract)}
          </span>
        ) : earlier === undefined ? (
          NOTHING
        ) : (
          <Awaited text={formatOfLine(line, earlier, contract)} beside={before} />
        )}
      </td>
      <td className={css.verdict}>
        {broken &&
          (words.kind === undefined ? (
            <Mark name="violation" label="broken" />
          ) : (
            <Breaches label={label} kind={words.kind} />
          ))}
        {outcome === 'holds' && <Held />}
      </td>
    </tr>
  );
}

function Held() {
  return (
    <>
      <Icon of={Check} size={14} />
      <span className="unseen">holds</span>
    </>
  );
}

/** In the number's place where nothing happened of which the line could be judged. */
function NotMeasured() {
  return (
    <span title="Nothing happened of which this could be judged">
      <span className="unseen">not measured</span>
      <span aria-hidden="true">{NOTHING}</span>
    </span>
  );
}

/**
 * What the run before measured, in its place until this run is through: a column that blinks tells nobody anything. Where
 * it stands in a column of its own beside this one, it only keeps the width.
 */
function Awaited({ text, beside }: { text: string; beside: boolean }) {
  return (
    <span
      className={cx(css.awaited, beside && css.said)}
      title={beside ? 'Once this run is rendered' : 'Of the run before, until this one is rendered'}
    >
      <span className="unseen">{beside ? 'being rendered' : 'before: '}</span>
      <span aria-hidden={beside}>{text}</span>
    </span>
  );
}

/** The number; where the line was broken, a button to where that began. */
function Measured({ words, text, broken }: { words: LineWords; text: string; broken: boolean }) {
  const { documents, run, view } = useSession();
  if (!broken) return text;
  const visit = () => {
    const { series, violations } = run.getState();
    const breach = firstBreach(words, documents.getState().design.contract, series, violations);
    if (breach === undefined) return;
    if ('row' in breach) view.focusViolation(breach.row);
    else {
      view.pause();
      view.seek(breach.at);
    }
  };
  return (
    <button
      type="button"
      className={cx(css.visit, 'touched')}
      title="Go to where it was first broken"
      onClick={visit}
    >
      {text}
    </button>
  );
}

/** The way to all violations where no lane counts them. */
function AllOfThem() {
  const some = useRun((run) => run.violations.length > 0);
  return some && <ByKind className={css.all}>All violations, by kind</ByKind>;
}

/** Where nothing went wrong: what was checked, and what to do next. */
function NothingBroken() {
  const checked = useRun((run) =>
    run.phase === 'done' && violationsWords(run) === undefined
      ? run.summary?.consistency.readYourWrites.checked
      : undefined,
  );
  const next = useDocument(({ design }) => nextWords(design));
  if (checked === undefined) return null;
  return (
    <p className={css.nothing}>
      {checkedWords(checked)}, no violation.{next}
    </p>
  );
}
