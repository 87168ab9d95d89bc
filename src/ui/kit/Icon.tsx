/** An icon of the line set at the page's stroke. Always decoration: the control that holds it carries the name. */
import type { LucideIcon } from 'lucide-react';

export function Icon({ of: Drawing, size = 16 }: { of: LucideIcon; size?: number }) {
  return <Drawing size={size} strokeWidth={1.5} nonScalingStroke aria-hidden />;
}
