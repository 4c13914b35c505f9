import { createCipheriv, createDecipheriv, createPrivateKey, createPublicKey, diffieHellman, generateKeyPairSync, hkdfSync, sign, verify, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import type { StickTools } from '../../contract/stick-seal.ts';

const zstd = promisify(zlib.zstdCompress);
const unzstd = promisify(zlib.zstdDecompress);
const CIPHER = 'aes-256-gcm';
const TAG_BYTES = 16;
/** As for what goes over the wire. */
const ZSTD_LEVEL = 15;
/** 8 MB, as log2: what a frame may make the decoder keep, whatever it says of itself. */
const ZSTD_WINDOW_LOG = 23;

const privateKeyOf = (key: string): KeyObject => createPrivateKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'pkcs8' });
const publicKeyOf = (key: string): KeyObject => createPublicKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'spki' });

/** Node's own crypto and compression, as the workstation uses them for stick files. */
export const STICK_TOOLS: StickTools = {
  newPair() {
    const { publicKey, privateKey } = generateKeyPairSync('x25519');
    return { publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'), privateKey: privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64') };
  },
  agree: (privateKey, publicKey) => diffieHellman({ privateKey: privateKeyOf(privateKey), publicKey: publicKeyOf(publicKey) }),
  derive: (secret, info) => new Uint8Array(hkdfSync('sha256', secret, new Uint8Array(), info, 32)),
  encrypt(key, nonce, bound, plain) {
    const cipher = createCipheriv(CIPHER, key, nonce);
    cipher.setAAD(bound);
    return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  },
  decrypt(key, nonce, bound, sealed) {
    const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(bound);
    decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
    return Buffer.concat([decipher.update(sealed.subarray(0, sealed.length - TAG_BYTES)), decipher.final()]);
  },
  sign: (privateKey, bytes) => sign(null, bytes, privateKeyOf(privateKey)),
  verify(publicKey, bytes, signature) {
    const key = publicKeyOf(publicKey);
    return key.asymmetricKeyType === 'ed25519' && verify(null, bytes, key, signature);
  },
  pack: bytes => zstd(bytes, { pledgedSrcSize: bytes.length, params: { [zlib.constants.ZSTD_c_compressionLevel]: ZSTD_LEVEL } }),
  unpack: (bytes, maxBytes) => unzstd(bytes, { maxOutputLength: maxBytes, params: { [zlib.constants.ZSTD_d_windowLogMax]: ZSTD_WINDOW_LOG } }),
};
