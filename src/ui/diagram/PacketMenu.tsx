/** What can be done with a message that is pointed at: follow its key or its session from here on, or read its story. */
import { sessionOf } from '../../replay/followed.ts';
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
  const session = detail === undefined ? undefined : sessionOf(detail, struck.operation);
  const items: MenuItem[] = [
    { key: 'key', label: `follow key ${formatCount(struck.key)}`, onChoose: () => view.watch(struck.key) },
    // One that began before the window of messages that is known here has no name yet.
    ...(session === undefined
      ? []
      : [
          {
            key: 'session',
            label: `follow session ${formatCount(session)}`,
            onChoose: () => view.follow(session),
          },
        ]),
    { key: 'story', label: 'its story', apart: true, onChoose: () => view.focusOperation(struck) },
  ];
  return (
    <FloatingMenu
      place={request}
      label="This operation"
      title="this operation"
      items={items}
      onClose={onClose}
    />
  );
}
