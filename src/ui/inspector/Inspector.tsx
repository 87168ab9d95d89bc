/**
 * The inspector: what is selected, its faults, what can be done to it here and now, and every field of the document
 * that describes it. With nothing selected, the whole design, group by group.
 */
import { useState } from 'react';
import { ChevronRight, Ellipsis, X } from 'lucide-react';
import { seedDesign, type Fault, type FaultKind } from '../../design/design.ts';
import { FAULT_KINDS } from '../../design/faults.ts';
import { addFault, faultKindsOf } from '../faultEdits.ts';
import { fieldText } from '../fieldEdits.ts';
import { cx } from '../kit/cx.ts';
import { Button } from '../kit/Button.tsx';
import { Icon } from '../kit/Icon.tsx';
import { Menu } from '../kit/Menu.tsx';
import { useDocument, useSession, useView } from '../session.tsx';
import { Faults } from './Faults.tsx';
import { FieldRow } from './FieldRow.tsx';
import { placeOf, type Place, type Section } from './places.ts';
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
      <Head place={place} whole={whole} />
      <div className={css.part}>
        {fault !== undefined && !shows(place, fault) && <Faults named of={(each) => each === fault} />}
        <Faults of={(each) => shows(place, each)} named={place.targets.length !== 1} />
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

/** Nothing selected shows all faults; a place shows its own. */
function shows({ targets }: Place, { target }: Fault): boolean {
  return targets.length === 0 || targets.includes(target);
}

function Head({ place, whole }: { place: Place; whole: boolean }) {
  const { title, about, target } = place;
  return (
    <div className={css.head}>
      <h2 className={cx(!whole && 'id')}>{title}</h2>
      <span className={css.about}>{about}</span>
      <span className={css.acts}>{target === undefined ? !whole && <Back /> : <Acts target={target} />}</span>
    </div>
  );
}

function useBack(): () => void {
  const { view } = useSession();
  return () => {
    view.select(undefined);
    view.selectFault(undefined);
  };
}

function Back() {
  return (
    <Button small square aria-label="Back to the design" title="Back to the design (Esc)" onClick={useBack()}>
      <Icon of={X} size={14} />
    </Button>
  );
}

/** Of the faults that a place can have, those that stand beside its name; all of them are in the menu. */
const AT_HAND: readonly FaultKind[] = ['slow', 'crash', 'delay', 'partition'];
const AT_HAND_COUNT = 2;

/** Each a fault at the playhead, with one click. */
function Acts({ target }: { target: string }) {
  const session = useSession();
  const back = useBack();
  const design = useDocument((state) => state.design);
  const kinds = faultKindsOf(design, target);
  const atHand = AT_HAND.filter((kind) => kinds.includes(kind)).slice(0, AT_HAND_COUNT);
  return (
    <>
      {atHand.map((kind) => (
        <Button
          key={kind}
          small
          aria-label={`${FAULT_KINDS[kind].label} ${target} at the playhead`}
          title={`${FAULT_KINDS[kind].help} From the playhead on.`}
          onClick={() => addFault(session, target, kind)}
        >
          {FAULT_KINDS[kind].label}
        </Button>
      ))}
      <Menu
        label={`What can be done to ${target}`}
        button={{
          small: true,
          square: true,
          'aria-label': `More for ${target}`,
          children: <Icon of={Ellipsis} />,
        }}
        items={[
          ...kinds.map((kind) => ({
            key: kind,
            label: FAULT_KINDS[kind].label,
            detail: FAULT_KINDS[kind].help,
            onChoose: () => addFault(session, target, kind),
          })),
          { key: 'back', label: 'Back to the design', keys: 'Esc', apart: true, onChoose: back },
        ]}
      />
    </>
  );
}

/** A group whose fields are made once somebody opens it: few do, and the first picture waits for all that is made. */
function Folded({ section }: { section: Section }) {
  const { title, fields } = section;
  const [opened, setOpened] = useState(false);
  const changed = useDocument(
    ({ design }) =>
      fields.filter((field) => fieldText(design, field) !== fieldText(seedDesign, field)).length,
  );
  return (
    <details className={css.section} onToggle={() => setOpened(true)}>
      <summary>
        <Icon of={ChevronRight} size={14} />
        {title}
        {changed > 0 && <span className={css.changed}>{changed} changed</span>}
      </summary>
      <div className={css.part}>
        {opened && fields.map((field) => <FieldRow key={field.key} field={field} />)}
      </div>
    </details>
  );
}
