/** The one primary button: copies the link to this moment, then shows it, and the command that runs the same design. */
import { useState } from 'react';
import { Check, Link2, TriangleAlert } from 'lucide-react';
import { formatInstant } from '../format.ts';
import { Icon } from '../kit/Icon.tsx';
import { Popover } from '../kit/Popover.tsx';
import { useRun, useSession } from '../session.tsx';
import { copyText } from './copy.ts';
import { CopyLine } from './CopyLine.tsx';
import css from './ShareButton.module.css';

/** What was copied when the button was pressed: the link stays that of the moment, however far play has gone since. */
interface Shared {
  readonly link: string;
  readonly command: string;
  readonly moment: string;
  readonly copied: boolean | undefined;
}

export function ShareButton() {
  const session = useSession();
  const [shared, setShared] = useState<Shared>();

  const share = () => {
    const { span } = session.excerpt.getState();
    const instant = formatInstant(session.view.getState().cursor);
    const next: Shared = {
      link: session.link(),
      command: session.command(),
      moment:
        span === undefined
          ? instant
          : `${instant}, with the window from ${formatInstant(span.from)} to ${formatInstant(span.to)} marked`,
      copied: undefined,
    };
    setShared(next);
    void copyText(next.link).then((copied) => setShared({ ...next, copied }));
  };

  return (
    <Popover
      label="Share"
      className={css.share}
      onOpen={share}
      button={{
        kind: 'primary',
        children: (
          <>
            <Icon of={Link2} />
            Share
          </>
        ),
      }}
    >
      {() => shared !== undefined && <SharedPanel {...shared} />}
    </Popover>
  );
}

function SharedPanel({ link, command, moment, copied }: Shared) {
  return (
    <>
      <p className={css.said} role="status">
        {copied === false ? <Icon of={TriangleAlert} /> : <Icon of={Check} />}
        {copied === undefined ? 'Copying' : copied ? 'Link copied' : 'No clipboard here: copy the link below'}
      </p>
      <p className={css.more}>
        The whole design is in it. It opens at {moment}, and runs the same everywhere.
      </p>
      <CopyLine label="Link to this moment" text={link} />
      <p className={css.more}>The same run, on the command line:</p>
      <CopyLine label="Command" text={command} />
      <RunDigest />
    </>
  );
}

/** The number over everything that happened in the run: who finds the same one has seen the same run. */
function RunDigest() {
  const digest = useRun((run) => (run.phase === 'done' ? run.summary?.digest : undefined));
  return (
    <p className={css.more}>
      Digest of the run{' '}
      {digest === undefined ? 'once it is rendered' : <output className="id">{digest}</output>}
    </p>
  );
}
