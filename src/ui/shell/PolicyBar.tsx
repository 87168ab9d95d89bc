/** Which policy the design follows: a radio group over the diagram. Arrow keys move it, and the run follows at once. */
import { useId } from 'react';
import { ChevronDown } from 'lucide-react';
import { choosePolicy, policyWords, supportedPolicies } from '../actions.ts';
import { Icon } from '../kit/Icon.tsx';
import { useDocument, useSession } from '../session.tsx';
import { PolicyGlyph } from './PolicyGlyph.tsx';
import css from './PolicyBar.module.css';

export function PolicyBar() {
  const session = useSession();
  const chosen = useDocument((state) => state.design.policy);
  const name = useId();
  return (
    <div role="radiogroup" aria-label="Policy" className={css.bar}>
      {supportedPolicies.map((policy) => (
        <label key={policy} className={css.policy} title={policyWords(policy).sentence}>
          <input
            type="radio"
            className={css.radio}
            name={name}
            value={policy}
            checked={policy === chosen}
            onChange={() => choosePolicy(session, policy)}
          />
          <PolicyGlyph policy={policy} />
          <span className={css.words} data-words={policyWords(policy).label}>
            {policyWords(policy).label}
          </span>
        </label>
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
          const policy = supportedPolicies.find((candidate) => candidate === event.currentTarget.value);
          if (policy !== undefined) choosePolicy(session, policy);
        }}
      >
        {supportedPolicies.map((policy) => (
          <option key={policy} value={policy}>
            {policyWords(policy).label}
          </option>
        ))}
      </select>
      <Icon of={ChevronDown} />
    </span>
  );
}
