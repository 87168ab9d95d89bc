/**
 * The menu of everything that can be done to a node, shard or link here and now: each item adds a fault at the cursor. It
 * stands where it was asked for and gives the focus back.
 */
import { useCallback, useLayoutEffect, useRef } from 'react';
import { printDuration, printShare } from '../../base/units.ts';
import type { Design, Fault } from '../../design/design.ts';
import { moveNode } from '../../design/edits.ts';
import { FAULT_KINDS } from '../../design/faults.ts';
import { leaderName, nodesOf } from '../../design/nodes.ts';
import { addFault, faultKindsOf, freshFault } from '../actions.ts';
import { MenuItems, type MenuItem } from '../kit/Menu.tsx';
import { remarkOn } from '../notes/acts.ts';
import { prettyText } from '../pretty.ts';
import { useDocument, useSession } from '../session.tsx';
import { useDiagramActs, type Place } from './acts.ts';
import css from './FaultMenu.module.css';

export interface MenuRequest {
  readonly target: string;
  readonly element: Element;
  readonly at: Place | undefined;
}

const MARGIN = 8;

export function FaultMenu({ request, onClose }: { request: MenuRequest; onClose: () => void }) {
  const panel = useRef<HTMLDivElement>(null);
  const session = useSession();
  const acts = useDiagramActs();
  const design = useDocument((state) => state.design);
  const { target, element, at } = request;

  useLayoutEffect(() => {
    const menu = panel.current;
    if (menu === null) return;
    menu.showPopover();
    const box = element.getBoundingClientRect();
    const { x, y } = at ?? { x: box.left + 12, y: box.top + Math.min(box.height, 28) };
    menu.style.left = `${Math.max(MARGIN, Math.min(x, innerWidth - menu.offsetWidth - MARGIN))}px`;
    menu.style.top = `${Math.max(MARGIN, Math.min(y, innerHeight - menu.offsetHeight - MARGIN))}px`;
    menu.querySelector<HTMLElement>('[role=menuitem]')?.focus();
  }, [element, at]);

  const close = useCallback(() => panel.current?.hidePopover(), []);
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
    label: `zone-${zone} …`,
    apart: true,
    onChoose: () => acts?.openMenu(`zone-${zone}`, element, at),
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
    <div
      ref={panel}
      popover="auto"
      role="menu"
      aria-label={`${target}, here and now`}
      className={css.menu}
      onToggle={(event) => {
        if (event.newState !== 'closed') return;
        onClose();
        // What was chosen may have taken the focus somewhere else already.
        if (element instanceof HTMLElement && document.activeElement === document.body) element.focus();
      }}
    >
      <p className={css.title} role="presentation">
        <span className="id">{target}</span> here and now
      </p>
      <MenuItems
        items={[
          ...kinds,
          ...replicas,
          ...(zone === 0 ? [] : [around]),
          remark,
          ...(design.layout[card] === undefined ? [] : [back]),
        ]}
        close={close}
      />
    </div>
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
