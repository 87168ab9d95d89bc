/**
 * The edits that a hand makes on remarks: pure functions from a design to the next one, held to the same limits as a
 * document or a link. Keeps no history; undo belongs to the page's state.
 */
import { err, ok, type Result } from '../base/result.ts';
import { REMARK_ALLOWED, remarkOf } from './annotations.ts';
import type { Design } from './design.ts';
import { LIMITS } from './limits.ts';
import { problem, type Problem } from './problem.ts';

type Edit = Result<Design, Problem>;

/** Pins a text on a node's name or on an instant, `12.34s`. Refused past the limit, and where a remark cannot be on. */
export function addRemark(design: Design, on: string, text: string): Edit {
  const { length } = design.remarks;
  if (length >= LIMITS.remarks)
    return err(problem('remark', on, `${length + 1} remarks with this one`, REMARK_ALLOWED));
  return withRemark(design, length, on, text);
}

/** Gives the remark at `index` another text. */
export function changeRemark(design: Design, index: number, text: string): Edit {
  const remark = design.remarks[index];
  return remark === undefined ? err(noSuchRemark(index)) : withRemark(design, index, remark.on, text);
}

/** Takes out the remark at `index`; refused where there is none. */
export function removeRemark(design: Design, index: number): Edit {
  if (design.remarks[index] === undefined) return err(noSuchRemark(index));
  return ok({ ...design, remarks: design.remarks.toSpliced(index, 1) });
}

function withRemark(design: Design, index: number, on: string, text: string): Edit {
  const remark = remarkOf(on, text);
  if (!remark.ok) return err(problem('remark', on, remark.error.message, REMARK_ALLOWED));
  return ok({ ...design, remarks: design.remarks.toSpliced(index, 1, remark.value) });
}

function noSuchRemark(index: number): Problem {
  return problem('remark', String(index), 'there is no such remark', 'a remark of the design');
}
