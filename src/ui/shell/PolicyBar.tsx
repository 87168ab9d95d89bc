/** Which policy the design follows: a radio group over the diagram. Arrow keys move it, and the run follows at once. */
import { useId } from 'react';
import { ChevronDown } from 'lucide-react';
import { PRESETS } from '../../design/presets.ts';
import { choosePolicy } from '../actions.ts';
import { Icon } from '../kit/Icon.tsx';
import { Radio } from '../kit/Radio.tsx';
import { useDocument, useSession } from '../session.tsx';
import { PolicyGlyph } from './PolicyGlyph.tsx';
import css from './PolicyBar.module.css';

export function PolicyBar() {
  const session = useSession();
  const chosen = useDocument((state) => state.design.policy);
  const group = useId();
  return (
    <div role="radiogroup" aria-label="Policy" className={css.bar}>
      {PRESETS.map(({ name: policy, sentence }) => (
        <Radio
          key={policy}
          group={group}
          value={policy}
          label={policy}
          title={sentence}
          className={css.policy}
          checked={policy === chosen}
          onChoose={() => choosePolicy(session, policy)}
          picture={<PolicyGlyph policy={policy} />}
        />
      ))}
    </div>
  );
}

/** The same choice where there is no room for a bar. */
export function PolicySelect() {
  const session = useSession();
  const chosen = useDocument((state) => state.design.policy);
  return (
    <span className={css.select}>
      <PolicyGlyph policy={chosen} />
      <select
        aria-label="Policy"
        value={chosen}
        onChange={(event) => {
          const preset = PRESETS.find(({ name: each }) => each === event.currentTarget.value);
          if (preset !== undefined) choosePolicy(session, preset.name);
        }}
      >
        {PRESETS.map(({ name: policy }) => (
          <option key={policy} value={policy}>
            {policy}
          </option>
        ))}
      </select>
      <Icon of={ChevronDown} />
    </span>
  );
}
