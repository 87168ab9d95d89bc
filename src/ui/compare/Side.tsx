/** One of the two designs: its badge, what it is called, what can be done with it, and its small diagram. */
import type { ReactNode } from 'react';
import type { Design } from '../../design/design.ts';
import { presetOf } from '../../design/presets.ts';
import type { Side as Letter } from '../../explore/comparison.ts';
import { nameOf } from '../designName.ts';
import { useComparison } from '../session.tsx';
import { PolicyGlyph } from '../shell/PolicyGlyph.tsx';
import { Badge } from './Badge.tsx';
import { MiniDiagram } from './MiniDiagram.tsx';
import css from './Side.module.css';

export function Side({ letter, design, children }: { letter: Letter; design: Design; children?: ReactNode }) {
  const series = useComparison((state) => state[letter]);
  const { sentence } = presetOf(design);
  return (
    <section className={css.side} aria-label={`Design ${letter.toUpperCase()}`}>
      <div className={css.head}>
        <Badge letter={letter} />
        <PolicyGlyph policy={design.policy} />
        <h2>{nameOf(design)}</h2>
        <span className={css.sentence}>{sentence}</span>
        {children}
      </div>
      <MiniDiagram design={design} series={series} />
    </section>
  );
}
