/** One key of the open design, read and changed by its text, the way the inspector and the contract board do. */
import type { Design } from '../design/design.ts';
import { setByKey } from '../design/keys.ts';
import { fieldByKey, valueOf, type Field } from '../design/fields.ts';
import type { FieldKey } from '../design/fieldWords.ts';
import type { Problem } from '../design/problem.ts';
import type { Session } from '../state/session.ts';
import { prettyText } from './pretty.ts';

/** The text of a field's value in a design, as a link would hold it. */
export function fieldText(design: Design, field: Field): string {
  return field.print(valueOf(design, field.key));
}

/** The same by the field's key. */
export function textOf(design: Design, key: FieldKey): string {
  const field = fieldByKey(key);
  return field === undefined ? '' : fieldText(design, field);
}

/** Sets a key of the open design. What is wrong with the text, if it was not taken; then nothing has changed. */
export function applyField(session: Session, key: string, text: string): Problem | undefined {
  const { design } = session.documents.getState();
  const changed = setByKey(design, key, text);
  if (!changed.ok) return changed.error;
  const field = fieldByKey(key);
  if (field === undefined) {
    session.documents.edit(changed.value, { label: key, after: text });
    return undefined;
  }
  session.documents.edit(changed.value, {
    label: changeLabel(field),
    before: prettyText(fieldText(design, field)),
    after: prettyText(fieldText(changed.value, field)),
  });
  return undefined;
}

/** What the top bar calls a change of this field: `cache timeout`. */
function changeLabel({ group, label }: Field): string {
  return group === 'design' || group === 'contract' ? label : `${group} ${label}`;
}
