import { describe, expect, it } from 'vitest';
import { openText } from '../../src/ui/share/files.ts';
import { goToRemark } from '../../src/ui/notes/acts.ts';
import { said } from '../../src/ui/said.ts';
import { aSession, holdTime } from '../support/sessions.ts';

holdTime();

describe('remarks on what a design has not', () => {
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
    const session = open('#/write-through?remark=app-16:hey');
    expect(session.run.getState().notice).toMatch(/^There is no app-16 in this design/);
    expect(session.documents.getState().design.remarks).toHaveLength(1);
    goToRemark(session, 0);
    expect(session.view.getState().selection).toBeUndefined();
    expect(said.getState().text).toBe('There is no app-16 in this design.');
  });
});
