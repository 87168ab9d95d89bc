/** What a design is called: its title, or its policy. */
import type { Design } from '../design/design.ts';

export function nameOf(design: Design): string {
  return design.title === '' ? design.policy : design.title;
}
