/**
 * The command line: a design in, the run's result out, over the same engine as the page. It exists so that what the
 * page shows can be reproduced, compared and checked by programs. It holds no rule of its own about designs or runs.
 *
 * The result alone goes to standard output. Bad input is one line on standard error, and 2 as exit code.
 */
import { ok, type Result } from '../base/result.ts';
import { DEFAULT_SEEDS } from '../design/comparing.ts';
import type { Design } from '../design/design.ts';
import { LIMITS } from '../design/limits.ts';
import { writeLink } from '../design/links.ts';
import { GALLERY } from '../design/gallery/groups.ts';
import { SOURCE } from '../design/gallery/production.ts';
import { DEFAULT_QUESTION, readInstants } from '../design/visibility.ts';
import { detailOf } from '../engine/detail.ts';
import { HORIZON } from '../engine/kernel/wheel.ts';
import { excerptOf } from '../engine/excerpt.ts';
import { renderToEnd } from '../engine/render.ts';
import { Run } from '../engine/run.ts';
import { summarise } from '../engine/summarise.ts';
import { engineFor } from '../engine/orders/engine.ts';
import { visibilityOf } from '../engine/visibility.ts';
import { exploreOrders } from '../explore/orders.ts';
import { busiestOf } from '../replay/busiest.ts';
import { csvOf } from '../replay/carry/csv.ts';
import { reportOf } from '../replay/carry/report.ts';
import { traceOf } from '../replay/carry/trace.ts';
import { anomaliesText } from './anomalies.ts';
import { readCommand, type Command, type Setting } from './args.ts';
import { columns } from './columns.ts';
import { compareDesigns, comparisonJson, comparisonTable } from './compare.ts';
import { readCount } from './count.ts';
import { excerptJson, excerptTable } from './excerpt.ts';
import { reasonOf } from './files.ts';
import { HELP } from './help.ts';
import { openDesign, openTwo } from './input.ts';
import { keysText } from './keys.ts';
import { notesOnDesign, notesOnExploring, notesOnWord } from './notes.ts';
import { ordersTable, readQuestion } from './orders.ts';
import { curve, table, type Finished } from './table.ts';
import { readSought, violationsJson, violationsTable } from './violations.ts';
import { readWindow } from './window.ts';

const DONE = 0;
const CONTRACT_BROKEN = 1;
const BAD_INPUT = 2;

/** `words` is the command line after the program's name; gives the exit code. */
export function main(words: readonly string[]): number {
  const command = readCommand(words);
  if (!command.ok) return refuse(command.error);
  switch (command.value.name) {
    case 'help':
      return answer(HELP);
    case 'presets':
      return answer(presets());
    case 'keys':
      return answer(keysText());
    case 'anomalies':
      return answer(anomaliesText(command.value.json));
    case 'run':
      return run(command.value);
    case 'violations':
      return violations(command.value);
    case 'compare':
      return compare(command.value);
    case 'excerpt':
      return excerpt(command.value);
    case 'trace':
      return trace(command.value);
    case 'visibility':
      return visibility(command.value);
    case 'explore':
      return explore(command.value);
  }
}

function run({ design: word, settings, as, check }: Extract<Command, { name: 'run' }>): number {
  const opened = open(word, settings);
  if (!opened.ok) return refuse(opened.error);
  const design = opened.value;
  const start = performance.now();
  const run = Run.start(design);
  run.advance(HORIZON);
  const summary = summarise(run);
  const wallSeconds = (performance.now() - start) / 1000;
  const busiest = busiestOf(run.series(), design);
  const finished = { design: `#${writeLink(design)}`, wallSeconds, summary, busiest };
  switch (as) {
    case 'table':
      answer(table(finished));
      break;
    case 'json':
      answer(`${JSON.stringify(resultOf(finished))}\n`);
      break;
    case 'csv':
      answer(csvOf(run.series(), design));
      break;
    case 'report': {
      const link = (at?: number) => `#${writeLink(design, at === undefined ? {} : { at })}`;
      answer(reportOf({ design, summary, series: run.series(), violations: run.violations(), link }));
    }
  }
  return check && !summary.contract.every(({ holds }) => holds) ? CONTRACT_BROKEN : DONE;
}

/** The design that is meant; what there is to say of it is told. */
function open(word: string, settings: readonly Setting[]): Result<Design> {
  const opened = openDesign(word, settings);
  if (opened.ok) tell([...notesOnWord(word), ...notesOnDesign(opened.value)]);
  return opened;
}

function tell(notes: readonly string[]): void {
  for (const note of new Set(notes)) process.stderr.write(`${note}\n`);
}

function compare(command: Extract<Command, { name: 'compare' }>): number {
  const designs = openTwo(command.designs, command.settings);
  if (!designs.ok) return refuse(designs.error);
  tell([...command.designs.flatMap(notesOnWord), ...designs.value.flatMap(notesOnDesign)]);
  const seeds =
    command.seeds === undefined ? ok(DEFAULT_SEEDS) : readCount('--seeds', command.seeds, LIMITS.seeds);
  if (!seeds.ok) return refuse(seeds.error);
  const compared = { designs: designs.value, reading: compareDesigns(...designs.value, seeds.value) };
  return answer(command.json ? `${JSON.stringify(comparisonJson(compared))}\n` : comparisonTable(compared));
}

function excerpt(command: Extract<Command, { name: 'excerpt' }>): number {
  const design = open(command.design, command.settings);
  if (!design.ok) return refuse(design.error);
  const window = readWindow(command.window, design.value);
  if (!window.ok) return refuse(window.error);
  const reading = excerptOf(design.value, window.value);
  if (!reading.ok) return refuse(reading.error);
  const link = `#${writeLink(design.value)}`;
  return answer(
    command.json
      ? `${JSON.stringify(excerptJson(link, reading.value))}\n`
      : excerptTable(link, reading.value, renderToEnd(design.value)),
  );
}

function trace(command: Extract<Command, { name: 'trace' }>): number {
  const design = open(command.design, command.settings);
  if (!design.ok) return refuse(design.error);
  const window = readWindow(command.window, design.value);
  if (!window.ok) return refuse(window.error);
  const detail = detailOf(design.value, undefined, { ...window.value, sample: 'all', focus: [], key: -1 });
  if (!detail.ok) return refuse(detail.error);
  return answer(`${JSON.stringify(traceOf(detail.value, design.value, `#${writeLink(design.value)}`))}\n`);
}

function violations(command: Extract<Command, { name: 'violations' }>): number {
  const design = open(command.design, command.settings);
  if (!design.ok) return refuse(design.error);
  const sought = readSought(command);
  if (!sought.ok) return refuse(sought.error);
  const run = Run.start(design.value);
  run.advance(HORIZON);
  const found = {
    design: design.value,
    summary: summarise(run),
    counts: run.world.oracle.counts,
    violations: run.violations(),
  };
  return answer(
    command.json
      ? `${JSON.stringify(violationsJson(found, sought.value))}\n`
      : violationsTable(found, sought.value),
  );
}

function visibility(command: Extract<Command, { name: 'visibility' }>): number {
  const design = open(command.design, command.settings);
  if (!design.ok) return refuse(design.error);
  const { instants, trials } = DEFAULT_QUESTION;
  const at = command.at === undefined ? ok(instants) : readInstants('--at', command.at);
  if (!at.ok) return refuse(at.error);
  const count =
    command.trials === undefined ? ok(trials) : readCount('--trials', command.trials, LIMITS.trials);
  if (!count.ok) return refuse(count.error);
  const reading = visibilityOf(design.value, { instants: at.value, trials: count.value });
  return answer(
    command.json ? `${JSON.stringify(reading)}\n` : curve(`#${writeLink(design.value)}`, reading),
  );
}

function explore(command: Extract<Command, { name: 'explore' }>): number {
  const design = open(command.design, command.settings);
  if (!design.ok) return refuse(design.error);
  const question = readQuestion(design.value, command);
  if (!question.ok) return refuse(question.error);
  tell(notesOnExploring(design.value, command.settings));
  const { limit, ...scope } = question.value;
  const findings = exploreOrders(engineFor(scope), limit);
  const { orders, complete, anomalies } = findings;
  return answer(
    command.json
      ? `${JSON.stringify({ orders, complete, anomalies })}\n`
      : ordersTable(`#${writeLink(design.value)}`, question.value, findings),
  );
}

/**
 * What `--json` prints: the documented keys, in the documented order. A line of the contract implies its unit; which ones
 * a recovery waited for is told in words alone.
 */
function resultOf({ design, wallSeconds, summary }: Finished): object {
  const { digest, seed, simulatedSeconds, ...readings } = summary;
  const contract = summary.contract.map(({ line, required, measured, holds }) => ({
    line,
    required,
    measured,
    holds,
  }));
  const faults = summary.faults.map(({ brokenLast: _, ...fault }) => fault);
  return { design, digest, seed, simulatedSeconds, wallSeconds, ...readings, faults, contract };
}

function presets(): string {
  const names = columns(
    GALLERY.flatMap(({ entries }) => entries.map(({ key, sentence }) => [key, sentence])),
    'left',
  );
  let listed = 0;
  const groups = GALLERY.map(({ title, entries }) => {
    const lines = names.slice(listed, (listed += entries.length));
    return [`${title}:`, ...lines].join('\n');
  });
  return `${groups.join('\n\n')}\n\nProduction: ${SOURCE}.\n`;
}

function answer(text: string): number {
  // Who reads only the first lines closes the pipe: that is no error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return;
    process.exit(refuse(`standard output: cannot be written: ${reasonOf(error)}`));
  });
  process.stdout.write(text);
  return DONE;
}

function refuse(line: string): number {
  process.stderr.write(`${line}\n`);
  return BAD_INPUT;
}
