import { describe, expect, it } from 'vitest';
import { wordsOfMissing } from '../../src/state/missing.ts';
import { openText } from '../../src/ui/share/files.ts';
import { goToRemark } from '../../src/ui/notes/acts.ts';
import { said } from '../../src/ui/said.ts';
import { aDesign } from '../support/designs.ts';
import { aSession, holdTime } from '../support/sessions.ts';

holdTime();

describe('remarks on, and places of, what a design has not', () => {
  it('are named, and those that it has are not', () => {
    const here = [
      '12s',
      'clients',
      'cache-2',
      'shard-2',
      'shard-2.leader',
      'zone-3',
      'app-cache',
      'workload',
    ];
    expect(
      wordsOfMissing(aDesign({ remark: here.map((on) => `${on}:x`), 'layout.app-4': '1,2' })),
    ).toBeUndefined();
    const there = aDesign({ remark: ['app-77:x', 'app-77:y', 'shard-3:z'], 'layout.cache-9': '1,2' });
    expect(wordsOfMissing(there)).toMatch(/^There is no app-77, no shard-3, no cache-9 in this design: /);
  });

  it.each<[string, (text: string) => ReturnType<typeof aSession>['session']]>([
    ['a link', (text) => aSession({ fragment: text }).session],
    [
      'a text',
      (text) => {
        const { session } = aSession();
        openText(session, text, 'what was pasted');
        return session;
      },
    ],
  ])('are said to be kept when %s with them is opened', (_, open) => {
    const session = open('#/write-through?remark=app-77:hey');
    expect(session.run.getState().notice).toMatch(/^There is no app-77 in this design/);
    expect(session.documents.getState().design.remarks).toHaveLength(1);
    goToRemark(session, 0);
    expect(session.view.getState().selection).toBeUndefined();
    expect(said.getState().text).toBe('There is no app-77 in this design.');
  });
});
