/** Which run is drawn grey and dashed behind the one that is shown, and what it is in words. */
import { Ghost } from 'lucide-react';
import { nameOf } from '../designName.ts';
import { ghostWords } from '../charts/ghostWords.ts';
import { Icon } from '../kit/Icon.tsx';
import { Menu, type MenuItem } from '../kit/Menu.tsx';
import { useDocument, useGhostState, useRun, useSession } from '../session.tsx';

const SHORT = { before: 'before', pinned: 'pinned', none: 'none' } as const;

export function GhostMenu() {
  const { ghost } = useSession();
  const state = useGhostState((whole) => whole);
  const change = useDocument((document) => document.lastChange);
  const shown = useRun((whole) => whole.series !== undefined);
  const { choice, design } = state;
  const items: MenuItem[] = [
    {
      key: 'before',
      label: 'The run before the last change',
      checked: choice === 'before',
      onChoose: () => ghost.choose('before'),
    },
    ...(design === undefined
      ? []
      : [
          {
            key: 'pinned',
            label: `Pinned: ${nameOf(design)}`,
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
            onChoose: () => ghost.pinShown(),
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
