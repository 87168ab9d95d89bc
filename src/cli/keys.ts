/** The keys that a link and `--set` take: what the first preset has at each, what it means, and what may stand there. */
import { ITEM_ALLOWED, PLACE_ALLOWED, PRICE_ALLOWED, REMARK_ALLOWED } from '../design/annotations.ts';
import { seedDesign } from '../design/design.ts';
import { FAULT_FORM } from '../design/faults.ts';
import { FIELDS, valueOf } from '../design/fields.ts';
import { columns } from './columns.ts';

/** A line a key, in the order in which a link has them; ended by a line feed. */
export function keysText(): string {
  const fields = FIELDS.map((field) => [
    field.key,
    field.print(valueOf(seedDesign, field.key)),
    `${field.help} Allowed: ${field.allowed}.`,
  ]);
  const others = [
    ['fault', '', `What breaks, and when; several times. Allowed: ${FAULT_FORM}.`],
    ['remark', '', `What there is to say of a moment or a node. Allowed: ${REMARK_ALLOWED}.`],
    ['layout.NODE', '', `Where a node's card stands. Allowed: ${PLACE_ALLOWED}.`],
    ['prices.ITEM', '', `What something costs. Allowed: ${PRICE_ALLOWED}; ITEM is ${ITEM_ALLOWED}.`],
  ];
  return `${columns([...fields, ...others], 'left').join('\n')}\n`;
}
