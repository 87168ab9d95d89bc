/** An oracle that says in one piece what it has counted, and before anybody reads what would break a promise. */
import { Oracle } from '../../src/engine/oracle.ts';

export class Asked extends Oracle {
  counted(): number[] {
    const { readYourWrites, monotonicReads, staleRead, dirtyRead, lostAckedWrite } = this.counts;
    const read = [this.readYourWritesChecked, readYourWrites, this.monotonicReadsChecked, monotonicReads];
    return [...read, staleRead, this.maxStaleness, dirtyRead, lostAckedWrite, this.rpo];
  }

  breaks(slot: number, session: number, write: number): boolean {
    const own = this.floor(slot, session);
    return own !== 0 && this.precedes(write, own);
  }
}
