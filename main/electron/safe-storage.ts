import { safeStorage } from 'electron';
import type { KeyStore } from './keychain.ts';

/** The key store of the operating system, after `ready`. */
export function systemKeyStore(): KeyStore {
  return {
    isAvailable: () => safeStorage.isAsyncEncryptionAvailable(),
    backend() {
      if (process.platform === 'linux') return safeStorage.getSelectedStorageBackend();
      return process.platform === 'win32' ? 'dpapi' : 'keychain';
    },
    seal: text => safeStorage.encryptStringAsync(text),
    async open(sealed) {
      const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(Buffer.from(sealed));
      return { text: result, stale: shouldReEncrypt };
    },
  };
}
