/** The designs that come with the page. Opening one is a change like any other: undo brings back what was open. */
import { LayoutGrid } from 'lucide-react';
import { Icon } from '../kit/Icon.tsx';
import { Menu } from '../kit/Menu.tsx';
import { useSession } from '../session.tsx';
import { presetItems } from './presets.ts';

export function PresetsMenu() {
  const session = useSession();
  return (
    <Menu
      label="Presets"
      button={{
        children: (
          <>
            <Icon of={LayoutGrid} />
            Presets
          </>
        ),
      }}
      items={presetItems(session)}
    />
  );
}
