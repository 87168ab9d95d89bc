/** A key or a session that can be followed in the diagram from here on, as a chip that says whether it is. */
import type { ViewState, ViewStore } from '../../state/view.ts';
import { formatCount } from '../format.ts';
import { cx } from '../kit/cx.ts';
import { useSession, useView } from '../session.tsx';
import css from './FollowChip.module.css';

export function FollowKey({ of }: { of: number }) {
  return (
    <FollowChip
      words={`key ${formatCount(of)}`}
      by={({ watchedKey }) => watchedKey === of}
      act={(view) => view.watch(of)}
    />
  );
}

export function FollowSession({ of }: { of: number }) {
  return (
    <FollowChip
      words={`session ${formatCount(of)}`}
      by={({ followedSession }) => followedSession === of}
      act={(view) => view.follow(of)}
    />
  );
}

interface FollowChipProps {
  readonly words: string;
  readonly by: (view: ViewState) => boolean;
  readonly act: (view: ViewStore) => void;
}

function FollowChip({ words, by, act }: FollowChipProps) {
  const { view } = useSession();
  const followed = useView(by);
  return (
    <button
      type="button"
      className={cx(css.chip, 'touched')}
      aria-pressed={followed}
      aria-label={`Follow ${words}`}
      title={followed ? `The diagram follows ${words}` : `Follow ${words} in the diagram`}
      onClick={() => act(view)}
    >
      {words}
    </button>
  );
}
