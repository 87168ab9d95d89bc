/**
 * The opening of a page: its first picture is about to be drawn, and to move, and until then nothing else is to take the
 * processors. It ends once the picture was seen to move, or when the page has had its time for that, and never begins
 * again.
 */
export interface Opening {
  /** The first picture is still to come. */
  isUnderWay(): boolean;
  /** The first run has something to show: from now on the page has its time to draw it. */
  hasSomething(): void;
  end(): void;
  dispose(): void;
}

/**
 * @param within how long the page may take over its picture, milliseconds; 0: there is none to wait for
 * @param ended called once, when everything else may go on
 */
export function createOpening(within: number, ended: () => void): Opening {
  let underWay = within > 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function end(): void {
    if (!underWay) return;
    underWay = false;
    clearTimeout(timer);
    ended();
  }

  return {
    isUnderWay: () => underWay,
    hasSomething() {
      if (underWay) timer ??= setTimeout(end, within);
    },
    end,
    dispose() {
      clearTimeout(timer);
    },
  };
}
