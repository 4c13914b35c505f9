import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

/** What the QR codes in a picture (PNG) say, read by another library than the one that draws ours. */
export async function qrCodesIn(png: Uint8Array): Promise<string[]> {
  const wasm = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'));
  await prepareZXingModule({ overrides: { wasmBinary: Uint8Array.from(wasm).buffer }, fireImmediately: true });
  return (await readBarcodes(Uint8Array.from(png), { formats: ['QRCode'] })).map(code => code.text);
}
