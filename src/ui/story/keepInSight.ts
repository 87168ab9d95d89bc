/** Scrolls a box as far as an item in it is out of sight, and by the item's height more: what comes next is seen, too. */
export function keepInSight(item: Element, box: Element): void {
  const [line, room] = [item.getBoundingClientRect(), box.getBoundingClientRect()];
  if (line.bottom > room.bottom) box.scrollTop += line.bottom - room.bottom + line.height;
  else if (line.top < room.top) box.scrollTop -= room.top - line.top + line.height;
}
