/**
 * A run's series as comma-separated values: one row for every 100 ms, the whole system's columns and then every node's.
 * It writes down what the engine measured, in the units that the headers name; nothing is computed and nothing left out.
 */
import { BUCKET_US, NODE_COLUMNS, NODE_WIDTH, SYSTEM_COLUMNS, SYSTEM_WIDTH } from '../../design/readings.ts';
import type { Design } from '../../design/design.ts';
import { nodesOf } from '../../design/nodes.ts';
import type { SeriesReading } from '../../engine/readings.ts';

/** Units of the columns that are no plain counts, as the headers end in them. */
const UNITS: Readonly<Partial<Record<(typeof SYSTEM_COLUMNS | typeof NODE_COLUMNS)[number], string>>> = {
  putP50: 'us',
  putP99: 'us',
  getP50: 'us',
  getP99: 'us',
  maxStaleness: 'us',
  wait: 'us',
  lag: 'us',
  utilisation: 'share',
};

/** The whole table, header first, lines ended by a line feed. A cell is empty where nothing was measured. */
export function csvOf(series: SeriesReading, design: Design): string {
  const nodes = nodesOf(design);
  const header = [
    'from_s',
    ...SYSTEM_COLUMNS.map((column) => headed(column)),
    ...nodes.flatMap(({ name }) => NODE_COLUMNS.map((column) => `${name}.${headed(column)}`)),
  ];
  const lines = [header.join(',')];
  for (let bucket = 0; bucket < series.buckets; bucket++) {
    const system = series.system.subarray(bucket * SYSTEM_WIDTH, (bucket + 1) * SYSTEM_WIDTH);
    const width = series.nodeCount * NODE_WIDTH;
    const ofNodes = series.nodes.subarray(bucket * width, (bucket + 1) * width);
    lines.push([(bucket * BUCKET_US) / 1e6, ...system, ...ofNodes].map(cell).join(','));
  }
  return `${lines.join('\n')}\n`;
}

function headed(column: (typeof SYSTEM_COLUMNS | typeof NODE_COLUMNS)[number]): string {
  const unit = UNITS[column];
  return unit === undefined ? column : `${column}_${unit}`;
}

/** Readings have 24 bits: what seven digits do not say is not in them. */
function cell(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(7))) : '';
}
