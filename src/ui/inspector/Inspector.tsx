/**
 * The inspector: what is selected, its faults, what can be done to it here and now, and every field of the document
 * that describes it. With nothing selected, the whole design, group by group.
 */
import { ChevronRight, X } from 'lucide-react';
import { seedDesign } from '../../design/design.ts';
import { FAULT_KINDS } from '../../design/faults.ts';
import { addFault, faultKindsOf } from '../actions.ts';
import { fieldText } from '../fieldEdits.ts';
import { cx } from '../kit/cx.ts';
import { Button } from '../kit/Button.tsx';
import { Icon } from '../kit/Icon.tsx';
import { useDocument, useSession, useView } from '../session.tsx';
import { Faults } from './Faults.tsx';
import { FieldRow } from './FieldRow.tsx';
import { placeOf, type Section } from './places.ts';
import css from './Inspector.module.css';

export function Inspector() {
  const design = useDocument((state) => state.design);
  const selection = useView((state) => state.selection);
  const selectedFault = useView((state) => state.selectedFault);
  const fault = selectedFault === undefined ? undefined : design.faults[selectedFault];
  const place = placeOf(design, selection ?? fault?.target);
  const whole = place.targets.length === 0;
  return (
    <section className={css.inspector} aria-label="Inspector">
      <Head
        title={place.title}
        about={place.about}
        closable={selection !== undefined || fault !== undefined}
        whole={whole}
      />
      {place.target !== undefined && <Acts target={place.target} />}
      <div className={css.part}>
        {fault !== undefined && !place.targets.includes(fault.target) && (
          <Faults named of={(each) => each === fault} />
        )}
        <Faults of={({ target }) => place.targets.includes(target)} named={place.targets.length > 1} />
      </div>
      {whole
        ? place.sections.map((section) => <Folded key={section.title} section={section} />)
        : place.sections.map(({ title, fields }) => (
            <div key={title} className={css.part} role="group" aria-label={title}>
              {fields.map((field) => (
                <FieldRow key={field.key} field={field} />
              ))}
            </div>
          ))}
    </section>
  );
}

function Head(props: { title: string; about: string; closable: boolean; whole: boolean }) {
  const { view } = useSession();
  const close = () => {
    view.select(undefined);
    view.selectFault(undefined);
  };
  return (
    <div className={css.head}>
      <h2 className={cx(!props.whole && 'id')}>{props.title}</h2>
      <span className={css.about}>{props.about}</span>
      {props.closable && (
        <Button
          small
          square
          className={css.back}
          aria-label="Select nothing"
          title="Back (Esc)"
          onClick={close}
        >
          <Icon of={X} size={14} />
        </Button>
      )}
    </div>
  );
}

/** Each a fault at the cursor, with one click. */
function Acts({ target }: { target: string }) {
  const session = useSession();
  const design = useDocument((state) => state.design);
  return (
    <div className={css.acts} role="group" aria-label={`Faults for ${target}, at the playhead`}>
      {faultKindsOf(design, target).map((kind) => (
        <button
          key={kind}
          type="button"
          className={css.act}
          title={`${FAULT_KINDS[kind].help} From the playhead on.`}
          onClick={() => addFault(session, target, kind)}
        >
          {FAULT_KINDS[kind].label}
        </button>
      ))}
    </div>
  );
}

function Folded({ section }: { section: Section }) {
  const { title, fields } = section;
  const changed = useDocument(
    ({ design }) =>
      fields.filter((field) => fieldText(design, field) !== fieldText(seedDesign, field)).length,
  );
  return (
    <details className={css.section}>
      <summary>
        <Icon of={ChevronRight} size={14} />
        {title}
        {changed > 0 && <span className={css.changed}>{changed} changed</span>}
      </summary>
      <div className={css.part}>
        {fields.map((field) => (
          <FieldRow key={field.key} field={field} />
        ))}
      </div>
    </details>
  );
}
