/** What can be done with the open design as a whole: opened from a file, saved as one, reset. */
import { useRef } from 'react';
import {
  ChevronDown,
  Contrast,
  Download,
  FolderOpen,
  Keyboard,
  LayoutGrid,
  Redo2,
  RotateCcw,
  Search,
} from 'lucide-react';
import { Icon } from '../kit/Icon.tsx';
import { Menu, type MenuItem } from '../kit/Menu.tsx';
import { useDocument, useSession, useView } from '../session.tsx';
import { OPENER, toggleGallery } from '../gallery/sheet.ts';
import { openPalette } from '../palette/palette.ts';
import { openKeySheet } from '../shell/keySheet.ts';
import { otherTheme } from '../shell/theme.ts';
import { openFile, saveFile } from './files.ts';

/** `complete`: with everything else that a small top bar has no room for. */
export function DesignMenu({ complete = false }: { complete?: boolean }) {
  const session = useSession();
  const { documents, view } = session;
  const chooser = useRef<HTMLInputElement>(null);
  const theme = useView((state) => state.theme);
  const canRedo = useDocument((state) => state.future.length > 0);

  const always: MenuItem[] = [
    {
      key: 'open',
      label: 'Open a file…',
      detail: 'A design as JSON. It can be dropped or pasted here as well.',
      icon: FolderOpen,
      onChoose: () => chooser.current?.click(),
    },
    { key: 'save', label: 'Save as a file', icon: Download, onChoose: () => saveFile(session) },
    {
      key: 'reset',
      label: 'Reset',
      detail: 'Back to the seed. What is open is one undo away.',
      icon: RotateCcw,
      apart: true,
      onChoose: () => documents.reset(),
    },
    { key: 'find', label: 'Find anything', keys: 'Ctrl K', icon: Search, apart: true, onChoose: openPalette },
    { key: 'keys', label: 'Marks and keys', keys: '?', icon: Keyboard, onChoose: openKeySheet },
  ];
  const small: MenuItem[] = [
    ...(canRedo
      ? [{ key: 'redo', label: 'Redo', icon: Redo2, apart: true, onChoose: () => documents.redo() }]
      : []),
    {
      key: 'theme',
      label: 'Theme',
      keys: 'T',
      icon: Contrast,
      onChoose: () => view.setTheme(otherTheme(theme)),
    },
    { key: 'presets', label: 'Presets', keys: 'P', icon: LayoutGrid, onChoose: toggleGallery },
  ];
  return (
    <>
      <Menu
        label="The design"
        button={{
          square: true,
          ...(complete ? { id: OPENER } : {}),
          'aria-label': 'The design: open, save, reset',
          children: <Icon of={ChevronDown} />,
        }}
        items={complete ? [...always, ...small] : always}
      />
      <input
        ref={chooser}
        type="file"
        accept=".json,application/json"
        hidden
        aria-label="Open a design"
        onChange={(event) => {
          const field = event.currentTarget;
          const file = field.files?.[0];
          // Choosing the same file again must be heard, too.
          if (file !== undefined) void openFile(session, file).finally(() => (field.value = ''));
        }}
      />
    </>
  );
}
