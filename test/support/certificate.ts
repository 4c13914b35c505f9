import { generateKeyPairSync, sign } from 'node:crypto';

const tlv = (tag: number, ...parts: (Buffer | string)[]): Buffer => {
  const body = Buffer.concat(parts.map(part => (typeof part === 'string' ? Buffer.from(part, 'utf8') : part)));
  const length = body.length < 128 ? [body.length] : [0x82, body.length >> 8, body.length & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
};
const sequence = (...parts: Buffer[]): Buffer => tlv(0x30, ...parts);
const oid = (hex: string): Buffer => tlv(0x06, Buffer.from(hex, 'hex'));
const instant = (atMs: number): Buffer => tlv(0x18, new Date(atMs).toISOString().replace(/[-:T]|\.\d+/g, ''));
const nameOf = (commonName: string): Buffer => sequence(tlv(0x31, sequence(oid('550403'), tlv(0x0c, commonName))));
const ECDSA_SHA256 = sequence(oid('2a8648ce3d040302'));

/** A self-signed certificate for `localhost`, valid as asked: what `node:tls` needs to serve with it. */
export function selfSigned({ validFromMs, validToMs }: { validFromMs: number; validToMs: number }): { key: string; cert: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const altNames = sequence(oid('551d11'), tlv(0x04, sequence(tlv(0x82, 'localhost'))));
  const body = sequence(
    tlv(0xa0, tlv(0x02, Buffer.from([2]))), tlv(0x02, Buffer.from([1])), ECDSA_SHA256, nameOf('localhost'),
    sequence(instant(validFromMs), instant(validToMs)), nameOf('localhost'), publicKey.export({ type: 'spki', format: 'der' }), tlv(0xa3, sequence(altNames)),
  );
  const der = sequence(body, ECDSA_SHA256, tlv(0x03, Buffer.from([0]), sign('sha256', body, privateKey)));
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return { key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), cert: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n` };
}
