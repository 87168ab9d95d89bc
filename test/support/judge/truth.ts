/**
 * The order of a key's versions, kept the slow and obvious way: a list, the oldest first, that is searched from its
 * beginning every time.
 */

export class Version {
  readonly number: number;
  readonly session: number;
  readonly operation: number;
  /** What decides which of two is older where versions fence; else the order in which a flush buffer took them. */
  age: readonly [number, number];
  committedAt: number | undefined;
  ackedAt: number | undefined;
  lost = false;
  /** The version that it stands just before, or will as soon as that is committed. */
  before: Version | undefined;
  /** How many commits of the key there had been with that which gave it its place, or when it was lost before any did. */
  turn = 0;

  constructor(number: number, session: number, operation: number) {
    this.number = number;
    this.session = session;
    this.operation = operation;
    this.age = [-1, operation];
  }

  get isCommitted(): boolean {
    return this.committedAt !== undefined;
  }

  isOlderThan(other: Version): boolean {
    const [a, b] = this.age;
    return a < other.age[0] || (a === other.age[0] && b < other.age[1]);
  }
}

export class Truth {
  readonly initial = new Version(0, -1, -1);
  /** Every version that there ever was, by its number. */
  readonly versions: Version[] = [this.initial];
  /** Those that have a place: committed ones, and ones that were lost before they were. */
  order: Version[] = [this.initial];
  private turns = 0;
  private readonly fenced: boolean;

  constructor(fenced: boolean) {
    this.fenced = fenced;
    this.initial.committedAt = -1;
  }

  /** One that has none yet will get it behind all others; where versions fence, before the first newer one. */
  placeOf(version: Version): number {
    const place = this.order.indexOf(version);
    if (place >= 0) return place;
    if (!this.fenced || this.latest.isOlderThan(version)) return Infinity;
    return this.placeBefore(version, this.ownerOf(version, this.latest)) - 0.5;
  }

  /** The newest committed version that is not lost. */
  get latest(): Version {
    return this.order.findLast(({ isCommitted, lost }) => isCommitted && !lost) ?? this.initial;
  }

  isBefore(a: Version, b: Version): boolean {
    return a.isCommitted && b.isCommitted && this.placeOf(a) < this.placeOf(b);
  }

  /** The same, where what is acknowledged and not committed counts as if it were committed now. */
  precedes(a: Version, b: Version): boolean {
    const [placeA, placeB] = [this.placeOf(a), this.placeOf(b)];
    return placeA === placeB ? a !== b && a.isOlderThan(b) : placeA < placeB;
  }

  highest(versions: readonly Version[]): Version | undefined {
    return versions.reduce<Version | undefined>(
      (best, version) => (best === undefined || this.precedes(best, version) ? version : best),
      undefined,
    );
  }

  commit(version: Version, now: number): void {
    if (version.isCommitted) {
      const { latest } = this;
      const isNewest = this.fenced ? latest.isOlderThan(version) : this.isBefore(latest, version);
      if (!isNewest || !(version.lost || version.before !== undefined)) return;
      // What had been turned away in favour of what it was turned away for itself, and is older, comes with it.
      for (const beside of this.order)
        if (version.before !== undefined && beside.before === version.before && beside.isOlderThan(version))
          beside.before = version;
    }
    const back = this.order.filter((one) => one.before === version && one.isCommitted);
    this.order = this.order.filter((one) => one !== version && !back.includes(one));
    for (const one of back) one.committedAt = undefined;
    version.committedAt = now;
    version.turn = ++this.turns;
    version.lost = false;
    version.before = undefined;
    this.order.push(version);
    this.settleThoseBefore(version, version);
  }

  /** A fence turned `version` away in favour of `by`, or it was replaced by it before its flush. */
  supersede(version: Version, by: Version): void {
    if (version === by || version.isCommitted || by === this.initial) return;
    version.before = by;
    if (by.isCommitted) this.settle(version, by);
  }

  /** Of what stood up to `before` no more is left than `survivor`. Returns the acknowledged ones among what is lost. */
  lose(survivor: Version, before: Version): Version[] {
    const lost = this.order.filter(
      (version, place) =>
        place > this.placeOf(survivor) &&
        place <= this.placeOf(before) &&
        version.isCommitted &&
        !version.lost,
    );
    // What survived stands for itself from now on, with what is older and stood beside it.
    for (const one of [survivor, before]) {
      const { before: owner } = one;
      if (owner === undefined) continue;
      for (const beside of this.order)
        if (beside.before === owner && beside.isOlderThan(one)) beside.before = one;
      one.before = undefined;
    }
    for (const version of lost) version.lost = true;
    return lost.filter(({ ackedAt }) => ackedAt !== undefined);
  }

  /**
   * One that was never committed can no longer be: what is committed from now on is newer. Of those that are lost between
   * the same two commits the older one comes first.
   */
  loseUncommitted(version: Version): void {
    version.before = undefined;
    version.lost = true;
    version.turn = this.turns;
    this.order = this.order.filter((one) => one !== version);
    let place = this.order.length;
    while (
      this.order[place - 1]?.isCommitted === false &&
      version.isOlderThan(this.order[place - 1] ?? version)
    )
      place--;
    this.order.splice(place, 0, version);
  }

  /** When the first newer version was committed that is not lost; undefined: there is none. */
  newerSince(version: Version): number | undefined {
    const place = this.placeOf(version);
    return this.order.find((one, i) => i > place && one.isCommitted && !one.lost)?.committedAt;
  }

  /** What stands or will stand just before `version` and is not committed. */
  replacedBy(version: Version): Version[] {
    return this.versions.filter((one) => one.before === version && !one.isCommitted);
  }

  /** These, and what each that is not committed had replaced, however long the chain. */
  withReplaced(roots: readonly Version[]): Set<Version> {
    const replaced = this.byOwner();
    const all = new Set(roots);
    // Those that are added meanwhile have their turn too.
    for (const one of all) if (!one.isCommitted) for (const older of replaced.get(one) ?? []) all.add(older);
    return all;
  }

  /** The same as `replacedBy`, for every version at once. */
  private byOwner(): Map<Version, Version[]> {
    const replaced = new Map<Version, Version[]>();
    for (const one of this.versions) {
      if (one.before === undefined || one.isCommitted) continue;
      const beside = replaced.get(one.before);
      if (beside === undefined) replaced.set(one.before, [one]);
      else beside.push(one);
    }
    return replaced;
  }

  /** Whatever waits for `version` gets its place, and then what waits for that, each before its neighbours. */
  private settleThoseBefore(version: Version, by: Version): void {
    const replaced = this.byOwner();
    const due: { readonly held: Version; readonly by: Version }[] = [];
    const add = (owner: Version, below: Version): void => {
      for (const held of replaced.get(owner)?.toReversed() ?? [])
        if (held !== below) due.push({ held, by: below });
    };
    add(version, by);
    for (let next = due.pop(); next !== undefined; next = due.pop())
      add(next.held, this.place(next.held, next.by));
  }

  private settle(version: Version, by: Version): void {
    this.settleThoseBefore(version, this.place(version, by));
  }

  /** Just before `by`; where versions fence, before the first of those up to it that are newer. Returns that one. */
  private place(version: Version, by: Version): Version {
    const owner = this.ownerOf(version, by);
    this.order = this.order.filter((one) => one !== version);
    this.order.splice(this.placeBefore(version, owner), 0, version);
    version.before = owner;
    version.turn = owner.turn;
    version.committedAt = owner.committedAt;
    version.lost = owner.lost;
    return owner;
  }

  private ownerOf(version: Version, by: Version): Version {
    let owner = by.before !== undefined && by.isCommitted ? by.before : by;
    const owners = this.order.filter(
      (one) => one.isCommitted && one.before === undefined && (!one.lost || one === by),
    );
    for (
      let place = owners.indexOf(owner);
      this.fenced && place >= 0 && version.isOlderThan(owners[place] ?? version);
      place--
    )
      owner = owners[place] ?? owner;
    return owner;
  }

  /** Beside what stands just before `owner` already: of these the older one comes first. */
  private placeBefore(version: Version, owner: Version): number {
    let place = this.order.indexOf(owner);
    const isBeside = (one: Version | undefined): boolean =>
      one !== undefined && (one.isCommitted ? one.before === owner : one.turn === owner.turn - 1);
    while (isBeside(this.order[place - 1]) && version.isOlderThan(this.order[place - 1] ?? version)) place--;
    return place;
  }
}

/** What the parts of the judge share: every key's versions, and the count of what is lost. */
export interface Court {
  readonly truths: ReadonlyMap<number, Truth>;
  readonly fenced: boolean;
  truthOf(key: number): Truth;
  version(key: number, number: number): Version;
  countLost(version: Version, faultAt: number): void;
}
