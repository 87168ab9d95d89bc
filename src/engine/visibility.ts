/**
 * Freshness: the share of reads that begin so long after a write's acknowledgement and return it or something newer
 * (t-visibility: Bailis et al., "Probabilistically bounded staleness for practical partial quorums", 2012). Renders the
 * design under its own workload and faults, with probes; for any policy and store, since it only asks as a client would.
 */
import { printDuration } from '../base/units.ts';
import { count } from '../base/words.ts';
import type { Design } from '../design/design.ts';
import { LONGEST_DURATION } from '../design/limits.ts';
import type { VisibilityQuestion } from '../design/visibility.ts';
import { Probes } from './probes.ts';
import type { VisibilityReading } from './readings.ts';
import { Run } from './run.ts';
import { limitReached, summarise } from './summarise.ts';

/** Simulated time of one step. Whether all has been answered is looked at after each, so the answer depends on it. */
const STEP_US = 20_000;
/** How much longer than it should take a run may go on until enough PUTs have been acknowledged. */
const PATIENCE = 2;

export class VisibilityRun {
  readonly #design: Design;
  readonly #question: VisibilityQuestion;
  /**
   * A design with faults is run twice: first to count the acknowledgements over which the trials are spread. So is one of
   * which it shows too late that fewer come than its workload should have.
   */
  #counting: boolean;
  #counted = false;
  #probes: Probes;
  #run: Run;
  #reached = 0;
  /** When the run ends, once all probes have: nothing that they returned is under way then. */
  #settledAt = Infinity;

  constructor(design: Design, question: VisibilityQuestion) {
    const { workload, duration, faults } = design;
    this.#design = design;
    this.#question = question;
    this.#probes = new Probes(question, Math.round((workload.puts * duration) / 1e6));
    this.#counting = faults.length > 0 && workload.puts > 0;
    this.#run = this.#counting ? Run.start(design) : this.#probing();
    if (workload.puts === 0) this.#settledAt = 0;
  }

  get done(): boolean {
    return !this.#counting && (this.#run.done || this.#reached >= this.#settledAt);
  }

  /** How much of it is done, 0 to 1; an estimate. */
  get progress(): number {
    if (this.done) return 1;
    const { taken, alive, trials, instants } = this.#probes;
    const counted = this.#counting ? Math.min(1, this.#reached / this.#design.duration) : 1;
    const probed = (taken * instants.length - alive) / (trials * instants.length);
    return this.#counting || this.#counted ? (counted + probed) / 2 : probed;
  }

  /** Renders one step. */
  advance(): void {
    this.#reached += STEP_US;
    this.#run.advance(this.#reached);
    const { taken, trials, alive } = this.#probes;
    if (this.#counting && this.#run.done) {
      this.#counting = false;
      this.#counted = true;
      this.#probes = new Probes(this.#question, summarise(this.#run).put.ok);
      this.#run = this.#probing();
      this.#reached = 0;
    } else if (this.#run.done && taken < trials && this.#mayCount()) {
      this.#counting = true;
      this.#run = Run.start(this.#design);
      this.#reached = 0;
    } else if (taken === trials && alive === 0 && this.#settledAt === Infinity)
      this.#settledAt = this.#reached + this.#design.client.timeout;
  }

  /** Whether it is worth while to count what the trials are to be spread over: they were spread over more than themselves. */
  #mayCount(): boolean {
    const { workload, duration } = this.#design;
    const expected = (workload.puts * duration) / 1e6;
    return !this.#counted && expected > this.#question.trials && limitReached(this.#run.world) === undefined;
  }

  /** What was found so far. */
  reading(): VisibilityReading {
    const run = this.#run;
    const reading = this.#probes.reading(run.world.oracle);
    const stopped = limitReached(run.world);
    const fewer = this.done ? this.#whyFewer() : undefined;
    return {
      ...reading,
      ...(fewer === undefined ? {} : { fewer }),
      ...(stopped === undefined ? {} : { stopped }),
    };
  }

  #whyFewer(): string | undefined {
    const { taken, trials, outOf } = this.#probes;
    if (taken === trials) return undefined;
    const { workload, duration } = this.#run.design;
    const time = printDuration(Math.min(this.#run.now, duration));
    const why =
      workload.puts === 0
        ? 'there are no PUTs'
        : `fewer PUTs were acknowledged in ${time} than the ${count(outOf)} that they are spread over`;
    return `${count(taken)} of ${count(trials)} trials: ${why}`;
  }

  #probing(): Run {
    return Run.start(lengthened(this.#design, this.#question), this.#probes);
  }
}

/**
 * The design with room for all trials after its end: its workload goes on, and so does a fault that lasts; one that
 * would begin later is none of its run and stays away.
 */
function lengthened(design: Design, { instants, trials }: VisibilityQuestion): Design {
  const { duration, workload, faults } = design;
  const longest = PATIENCE * Math.max(duration, (trials / workload.puts) * 1e6) + Math.max(...instants);
  return {
    ...design,
    duration: Math.min(LONGEST_DURATION, Math.ceil(longest)),
    faults: faults.filter(({ at }) => at < duration),
  };
}

/** The whole answer at once. */
export function visibilityOf(design: Design, question: VisibilityQuestion): VisibilityReading {
  const run = new VisibilityRun(design, question);
  while (!run.done) run.advance();
  return run.reading();
}
