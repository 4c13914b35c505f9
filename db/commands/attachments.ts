import { addOutgoing, dropBlob, keepBlob, markOutgoing, removeOutgoing } from '../stores/attachments.ts';
import { writeMutation } from '../unit-of-work.ts';
import type { Commands } from './command.ts';

export const ATTACHMENT_COMMANDS: Commands<'attachment.attach' | 'attachment.keep' | 'attachment.drop' | 'attachment.mark' | 'attachment.forget'> = {
  'attachment.attach': (work, { actor, payload, atMs, files }) => {
    const output = writeMutation(work, { actor, name: 'issue.attach', payload, atMs, provisionalNo: null });
    for (const { isThumb, ...blob } of files) {
      keepBlob(work, blob, atMs);
      addOutgoing(work, { issueId: output.id, sha256: blob.sha256, bytes: blob.bytes, isThumb });
    }
    return output;
  },
  'attachment.keep': (work, { atMs, ...blob }) => {
    keepBlob(work, blob, atMs);
    return null;
  },
  'attachment.drop': (work, { sha256 }) => {
    dropBlob(work, sha256);
    return null;
  },
  'attachment.mark': (work, { issueId, sha256, ...end }) => {
    markOutgoing(work, { issueId, sha256 }, end);
    return null;
  },
  'attachment.forget': (work, place) => {
    removeOutgoing(work, place);
    return null;
  },
};
