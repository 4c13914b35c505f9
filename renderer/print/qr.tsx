import encodeQR from 'qr';
import { qrText } from './qr-text.ts';

/** Modules of white around the code that readers need. */
const QUIET = 4;

/** The number of a record as a QR code. */
export function Qr({ no, label }: { no: string; label: string }) {
  return <QrOf text={qrText(no)} label={label} />;
}

/** A text as a QR code, drawn as lines so that it is sharp on paper. */
export function QrOf({ text, label }: { text: string; label: string }) {
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border: QUIET });
  // Modules overlap by a hair: printers and viewers smooth the edges of each, which would leave light lines between them.
  const path = rows.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : []))).join('');
  return <svg className="qr" viewBox={`0 0 ${rows.length} ${rows.length}`} role="img" aria-label={label} shapeRendering="crispEdges"><rect width="100%" height="100%" fill="#fff" /><path d={path} fill="#000" stroke="#000" strokeWidth={0.08} /></svg>;
}
