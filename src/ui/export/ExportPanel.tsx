/**
 * What can be taken along, a row each with its forms as buttons. Every file is named after the design. What speaks of
 * the whole run waits for its end.
 */
import { useState, type ReactNode } from 'react';
import { messageOf } from '../../base/thrown.ts';
import type { Design } from '../../design/design.ts';
import { titleOfDesign } from '../../replay/carry/report.ts';
import type { Track } from '../charts/metric.ts';
import { TRACKS } from '../charts/tracks.ts';
import { formatInstant } from '../format.ts';
import { Button } from '../kit/Button.tsx';
import { readPalette } from '../marks/palette.ts';
import { say } from '../said.ts';
import { useRun, useSession } from '../session.tsx';
import { CopyLine } from '../share/CopyLine.tsx';
import { saveFile } from '../share/files.ts';
import { chartOf, chartPng, chartSvg, type Chart } from './chartPicture.ts';
import { frameOf } from './frame.ts';
import { savePng, saveSvg } from './pictures.ts';
import { diagramPng, diagramSvg, type Shown } from './scene/diagramPicture.ts';
import { saveReport, saveSeries, saveTrace, traceWindow } from './texts.ts';
import { VideoRow } from './video/VideoRow.tsx';
import css from './Export.module.css';

/** How the files of the diagram end. */
const DIAGRAM = 'diagram';

export function ExportPanel() {
  const session = useSession();
  const phase = useRun((run) => run.phase);
  // Of the moment when the panel was opened, however far play has gone since.
  const [window] = useState(() =>
    traceWindow(session.view.getState().cursor, session.documents.getState().design.duration),
  );
  const [frame] = useState(() => {
    const { cursor } = session.view.getState();
    const title = titleOfDesign(session.documents.getState().design);
    return { moment: formatInstant(cursor), text: frameOf(session.link(), title, cursor) };
  });
  const done = phase === 'done';
  return (
    <>
      <h2 className={css.title}>Export</h2>
      <dl className={css.rows}>
        <DiagramRow />
        <VideoRow />
        {TRACKS.map((track) => (
          <ChartRow key={track.key} track={track} />
        ))}
        <Row what="Design" detail="everything that the run follows from">
          <Take label="Design as JSON" act={() => saveFile(session)}>
            JSON
          </Take>
        </Row>
        <Row what="Readings" detail="of every 100 ms, the whole system and each node">
          <Take label="Readings as CSV" ready={done} act={() => saveSeries(session)}>
            CSV
          </Take>
        </Row>
        <Row what="Report" detail="design, contract, cost, findings and links">
          <Take label="Report in Markdown" ready={done} act={() => saveReport(session)}>
            Markdown
          </Take>
        </Row>
        <Row
          what="Trace"
          detail={`every message from ${formatInstant(window.from)} to ${formatInstant(window.to)}, around the playhead, for ui.perfetto.dev`}
        >
          <Take label="Trace as JSON" ready={done} act={() => saveTrace(session, window)}>
            JSON
          </Take>
        </Row>
      </dl>
      <p className={css.note}>The diagram, alive, in a page of your own, from {frame.moment} on:</p>
      <CopyLine label="Frame for a page" text={frame.text} />
      {!done && (
        <p className={css.note} role="status">
          {phase === 'failed'
            ? 'The run could not be finished: there is nothing to be said of the whole of it.'
            : 'What speaks of the whole run waits until it is rendered.'}
        </p>
      )}
    </>
  );
}

/** At the cursor, of the run that is on the screen, finished or not. */
function DiagramRow() {
  const { run, view } = useSession();
  const ready = useRun(({ series, design }) => series !== undefined && design !== undefined);
  const take = (save: (shown: Shown, design: Design) => void | Promise<void>) => () => {
    const shown = { run: run.getState(), view: view.getState() };
    const { design } = shown.run;
    if (design !== undefined) return save(shown, design);
  };
  const takePng = (shown: Shown, design: Design) =>
    savePng(diagramPng(shown, design, readPalette()), design, DIAGRAM);
  const takeSvg = (shown: Shown, design: Design) =>
    saveSvg(diagramSvg(shown, design, readPalette()), design, DIAGRAM);
  return (
    <Row what="Diagram" detail="at the playhead, with what travels there">
      <Take label="Diagram as PNG" ready={ready} act={take(takePng)}>
        PNG
      </Take>
      <Take label="Diagram as SVG" ready={ready} act={take(takeSvg)}>
        SVG
      </Take>
    </Row>
  );
}

/** Of the run that is on the screen, finished or not. */
function ChartRow({ track }: { track: Track }) {
  const { run, view } = useSession();
  const ready = useRun(({ series, design }) => series !== undefined && design !== undefined);
  const take = (save: (chart: Chart, design: Design) => void | Promise<void>) => () => {
    const { series, design } = run.getState();
    if (series === undefined || design === undefined) return;
    return save(chartOf({ series, design }, view.getState(), track), design);
  };
  const takePng = (chart: Chart, design: Design) => savePng(chartPng(chart), design, track.key);
  const takeSvg = (chart: Chart, design: Design) => saveSvg(chartSvg(chart), design, track.key);
  return (
    <Row what={track.name} detail="as the timeline shows it">
      <Take label={`${track.name} as PNG`} ready={ready} act={take(takePng)}>
        PNG
      </Take>
      <Take label={`${track.name} as SVG`} ready={ready} act={take(takeSvg)}>
        SVG
      </Take>
    </Row>
  );
}

function Row({ what, detail, children }: { what: string; detail: string; children: ReactNode }) {
  return (
    <div className={css.row}>
      <dt className={css.what}>
        {what}
        <small>{detail}</small>
      </dt>
      <dd className={css.forms}>{children}</dd>
    </div>
  );
}

interface TakeProps {
  readonly label: string;
  readonly ready?: boolean;
  readonly act: () => void | Promise<void>;
  readonly children: ReactNode;
}

/**
 * A form of something: pressed, it makes the file, or says why it cannot be made. Pressed again before the file is there,
 * it does nothing.
 */
function Take({ label, ready = true, act, children }: TakeProps) {
  const [busy, setBusy] = useState(false);
  const take = async () => {
    setBusy(true);
    try {
      await act();
    } catch (error) {
      say(`It could not be made: ${messageOf(error)}`);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button
      small
      kind="line"
      aria-label={label}
      aria-busy={busy}
      disabled={!ready}
      onClick={() => {
        if (!busy) void take();
      }}
    >
      {children}
    </Button>
  );
}
