/** What can be done with a message that is pointed at: follow its key or its session from here on, or read its story. */
import { beginningOf } from '../../replay/followed.ts';
import type { OperationFocus } from '../../state/view.ts';
import { formatCount } from '../format.ts';
import { FloatingMenu, type MenuPlace } from '../kit/FloatingMenu.tsx';
import type { MenuItem } from '../kit/Menu.tsx';
import { useSession } from '../session.tsx';

export interface PacketRequest extends MenuPlace {
  readonly struck: OperationFocus;
}

export function PacketMenu({ request, onClose }: { request: PacketRequest; onClose: () => void }) {
  const { view } = useSession();
  const { struck } = request;
  const { detail } = view.getState();
  const begun = detail === undefined ? undefined : beginningOf(detail, struck.operation);
  const key = `key ${formatCount(struck.key)}`;
  const items: MenuItem[] = [
    { key: 'key', label: `follow ${key}`, onChoose: () => view.watch(struck.key) },
    // One that began before the window of messages that is known here has no name yet.
    ...(begun === undefined
      ? []
      : [
          {
            key: 'session',
            label: `follow session ${formatCount(begun.session)}`,
            onChoose: () => view.follow(begun.session),
          },
        ]),
    { key: 'story', label: 'its story', apart: true, onChoose: () => view.focusOperation(struck) },
  ];
  return (
    <FloatingMenu
      place={request}
      label="This operation"
      title={begun === undefined ? `an operation on ${key}` : `${begun.kind.toUpperCase()} of ${key}`}
      items={items}
      onClose={onClose}
    />
  );
}
