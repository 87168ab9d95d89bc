/** Which run is drawn grey and dashed behind the one that is shown, and what it is in words. */
import { Ghost } from 'lucide-react';
import { nameOf } from '../designName.ts';
import { ghostWords } from '../charts/ghostWords.ts';
import { Icon } from '../kit/Icon.tsx';
import { Menu, type MenuItem } from '../kit/Menu.tsx';
import { useDocument, useGhostState, useRun, useSession } from '../session.tsx';

const SHORT = { before: 'before', pinned: 'pinned', none: 'none' } as const;

export function GhostMenu() {
  const { ghost, run } = useSession();
  const state = useGhostState((whole) => whole);
  const change = useDocument((document) => document.lastChange);
  const shown = useRun((whole) => whole.series !== undefined);
  const { choice, name } = state;
  const pinShown = (): void => {
    const { design } = run.getState();
    if (design !== undefined) ghost.pinShown(nameOf(design));
  };
  const items: MenuItem[] = [
    {
      key: 'before',
      label: 'The run before the last change',
      checked: choice === 'before',
      onChoose: () => ghost.choose('before'),
    },
    ...(name === ''
      ? []
      : [
          {
            key: 'pinned',
            label: `Pinned: ${name}`,
            checked: choice === 'pinned',
            onChoose: () => ghost.choose('pinned'),
          },
        ]),
    { key: 'none', label: 'None', checked: choice === 'none', onChoose: () => ghost.choose('none') },
    ...(shown
      ? [
          {
            key: 'pin',
            label: 'Pin this run',
            detail: 'it stays while you change things',
            apart: true,
            onChoose: pinShown,
          },
        ]
      : []),
  ];
  const words = ghostWords(state, change) ?? 'none';
  return (
    <Menu
      label="Ghost of the charts"
      items={items}
      button={{
        small: true,
        'aria-label': `Ghost: ${SHORT[choice]} (${words})`,
        title: `The grey dashed lines: ${words}`,
        children: (
          <>
            <Icon of={Ghost} size={14} />
            Ghost: {SHORT[choice]}
          </>
        ),
      }}
    />
  );
}
