/**
 * What the open design is compared with: the run before the last change, the same design under another policy, a preset as
 * it comes, something that was open before, or a link.
 */
import { useId, useState } from 'react';
import { ChevronDown } from 'lucide-react';
import type { Design } from '../../design/design.ts';
import { readLink } from '../../design/links.ts';
import { PRESETS } from '../../design/presets.ts';
import { printProblem } from '../../design/problem.ts';
import { Button } from '../kit/Button.tsx';
import { Icon } from '../kit/Icon.tsx';
import { Popover } from '../kit/Popover.tsx';
import { useDocument, useRun, useSession } from '../session.tsx';
import css from './ChooseOther.module.css';

/** So many of what was open before, the last ones. */
const RECENT = 5;

interface Choice {
  readonly key: string;
  readonly words: string;
  readonly detail?: string;
  readonly design: Design;
}

export function ChooseOther() {
  return (
    <Popover
      label="Compare with"
      className={css.choose}
      button={{
        small: true,
        kind: 'line',
        children: (
          <>
            Choose
            <Icon of={ChevronDown} />
          </>
        ),
      }}
    >
      {(close) => <Choices close={close} />}
    </Popover>
  );
}

function Choices({ close }: { close: () => void }) {
  const { comparison } = useSession();
  const design = useDocument((state) => state.design);
  const past = useDocument((state) => state.past);
  const ghost = useRun((state) => state.previous?.design);
  const change = useDocument((state) => state.lastChange);
  const choose = (other: Design): void => {
    close();
    comparison.open(other);
  };
  const before: Choice[] =
    ghost === undefined
      ? []
      : [
          {
            key: 'ghost',
            words: 'The run before',
            ...(change === undefined ? {} : { detail: `before the change of ${change.label}` }),
            design: ghost,
          },
        ];
  const policies = PRESETS.filter(({ name }) => name !== design.policy).map(({ name, sentence }) => ({
    key: name,
    words: name,
    detail: sentence,
    design: { ...design, policy: name },
  }));
  const presets = PRESETS.map((preset) => ({ key: preset.name, words: preset.title, design: preset.design }));
  const recent = past
    .slice(-RECENT)
    .map((step, i) => ({ key: String(i), words: `Before: ${step.change.label}`, design: step.design }))
    .reverse();
  return (
    <>
      <Group title="This design, as it was" choices={before} choose={choose} />
      <Group title="This design under another policy" choices={policies} choose={choose} />
      <LinkField choose={choose} />
      <Group title="Open before" choices={recent} choose={choose} />
      <Group title="Presets as they come" choices={presets} choose={choose} />
    </>
  );
}

function Group({
  title,
  choices,
  choose,
}: {
  title: string;
  choices: readonly Choice[];
  choose: (design: Design) => void;
}) {
  if (choices.length === 0) return null;
  return (
    <section>
      <h3>{title}</h3>
      <ul>
        {choices.map(({ key, words, detail, design }) => (
          <li key={key}>
            <button type="button" className={css.choice} title={detail} onClick={() => choose(design)}>
              {words}
              {detail !== undefined && <small>{detail}</small>}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A link that cannot be read says why, and nothing is compared with half of it. */
function LinkField({ choose }: { choose: (design: Design) => void }) {
  const id = useId();
  const [text, setText] = useState('');
  const [trouble, setTrouble] = useState<string>();
  const open = (): void => {
    const { design, problems } = readLink(text);
    const [first] = problems;
    if (first === undefined) choose(design);
    else setTrouble(printProblem(first));
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        open();
      }}
    >
      <h3>
        <label htmlFor={id}>A link</label>
      </h3>
      <div className={css.line}>
        <input
          id={id}
          className={css.link}
          value={text}
          placeholder="#/look-aside?cache.ttl=3s"
          aria-invalid={trouble !== undefined}
          aria-describedby={`${id}-trouble`}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setTrouble(undefined);
          }}
        />
        <Button small kind="line" type="submit" disabled={text.trim() === ''}>
          Compare
        </Button>
      </div>
      <p id={`${id}-trouble`} className={css.trouble} role="status">
        {trouble}
      </p>
    </form>
  );
}
