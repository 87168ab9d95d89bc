/**
 * The command `anomalies`: everything that is known to go wrong, with the two designs that show it and its remedy. What
 * runs tell apart is printed as links to run, with the quantity of `run --json` that does; the rest as what to explore.
 */
import { designOf, designsOf } from '../design/anomalies/anomaly.ts';
import { EXPLORED_ANOMALIES, type ExploredDesign } from '../design/anomalies/explored.ts';
import { ANOMALIES } from '../design/anomalies/table.ts';
import { writeLink } from '../design/links.ts';

/** All of them, as a table for a person or as one array. */
export function anomaliesText(json: boolean): string {
  const all = [...run(), ...explored()];
  if (json) return `${JSON.stringify(all)}\n`;
  return all
    .map((one) => {
      const [shown, removed] =
        'measure' in one
          ? [
              `${one.measure} >= ${one.atLeast}  ${one.shown}`,
              `${one.measure} <= ${one.atMost}  ${one.removed}`,
            ]
          : [
              `some orders end ${one.kind}  explore ${typed(one.shown)}`,
              `no order ends ${one.kind}  explore ${typed(one.removed)}`,
            ];
      return [one.title, one.sentence, shown, one.remedy, `${removed}\n`].join('\n  ');
    })
    .join('\n');
}

function run() {
  return ANOMALIES.map((anomaly) => {
    const { key, title, sentence, remedy, measure, atLeast, atMost } = anomaly;
    const { shown, removed } = designsOf(anomaly);
    const links = { shown: `#${writeLink(shown)}`, removed: `#${writeLink(removed)}` };
    return { key, title, sentence, remedy, measure, atLeast, atMost, ...links };
  });
}

function explored() {
  return EXPLORED_ANOMALIES.map(({ operations, shownBy, removedBy, ...said }) => ({
    ...said,
    shown: wordsAfterExplore(shownBy, operations),
    removed: wordsAfterExplore(removedBy, operations),
  }));
}

function wordsAfterExplore(
  { differences, variant, fenceAt }: ExploredDesign,
  operations: readonly string[],
): string[] {
  return [
    `#${writeLink(designOf(differences))}`,
    '--ops',
    operations.join(','),
    ...(variant === undefined ? [] : ['--variant', variant]),
    ...(fenceAt === undefined ? [] : ['--fence', fenceAt]),
  ];
}

/** As it is typed in a shell, to which a link's # and & mean something else. */
function typed([link = '', ...flags]: readonly string[]): string {
  return [`'${link}'`, ...flags].join(' ');
}
