/** The menu of everything that can be done to a node, shard or link here and now: each item adds a fault at the cursor. */
import { printDuration, printShare } from '../../base/units.ts';
import type { Design, Fault } from '../../design/design.ts';
import { moveNode } from '../../design/edits.ts';
import { FAULT_KINDS } from '../../design/faults.ts';
import { leaderName, nodesOf, zoneName } from '../../design/nodes.ts';
import { addFault, faultKindsOf, freshFault } from '../faultEdits.ts';
import { FloatingMenu, type MenuPlace } from '../kit/FloatingMenu.tsx';
import type { MenuItem } from '../kit/Menu.tsx';
import { remarkOn } from '../notes/acts.ts';
import { prettyText } from '../pretty.ts';
import { useDocument, useSession } from '../session.tsx';
import { useDiagramActs } from './acts.ts';

export interface MenuRequest extends MenuPlace {
  readonly target: string;
}

export function FaultMenu({ request, onClose }: { request: MenuRequest; onClose: () => void }) {
  const session = useSession();
  const acts = useDiagramActs();
  const design = useDocument((state) => state.design);
  const { target, element, at } = request;
  const kinds = faultKindsOf(design, target).map((kind): MenuItem => {
    const fault = freshFault(target, kind, 0);
    return {
      key: kind,
      label: FAULT_KINDS[kind].label,
      ...(fault === undefined ? {} : { keys: gradeOf(fault) }),
      onChoose: () => addFault(session, target, kind),
    };
  });
  const replicas = replicasLedBy(design, target).map((name, i): MenuItem => ({
    key: name,
    label: `${name.split('.').at(-1) ?? name} …`,
    apart: i === 0,
    onChoose: () => acts?.openMenu(name, element, at),
  }));
  const zone = nodesOf(design).find(({ name }) => name === target)?.zone ?? 0;
  const around: MenuItem = {
    key: 'zone',
    label: `${zoneName(zone)} …`,
    apart: true,
    onChoose: () => acts?.openMenu(zoneName(zone), element, at),
  };

  const [card = target] = target.split('.');
  const remark: MenuItem = {
    key: 'remark',
    label: 'add a remark',
    apart: true,
    onChoose: () => remarkOn(session, target),
  };
  const back: MenuItem = {
    key: 'place',
    label: 'back to its place',
    apart: true,
    onChoose: () => {
      const moved = moveNode(design, card, undefined);
      if (moved.ok) session.documents.edit(moved.value, { label: card, after: 'back to its place' });
    },
  };

  return (
    <FloatingMenu
      place={request}
      label={`${target}, here and now`}
      title={
        <>
          <span className="id">{target}</span> here and now
        </>
      }
      items={[
        ...kinds,
        ...replicas,
        ...(zone === 0 ? [] : [around]),
        remark,
        ...(design.layout[card] === undefined ? [] : [back]),
      ]}
      onClose={onClose}
    />
  );
}

/** How strong and how long a new fault is: `×20, 8 s`. */
function gradeOf(fault: Fault): string {
  const strength =
    'factor' in fault
      ? `×${fault.factor}`
      : 'by' in fault
        ? `+${prettyText(printDuration(fault.by))}`
        : 'share' in fault
          ? prettyText(printShare(fault.share))
          : undefined;
  const length = fault.for === undefined ? undefined : prettyText(printDuration(fault.for));
  return [strength, length].filter((part) => part !== undefined).join(', ');
}

function replicasLedBy(design: Design, target: string): string[] {
  return nodesOf(design).flatMap(({ name, shard }) =>
    shard !== undefined && leaderName(shard) === target ? [name] : [],
  );
}
