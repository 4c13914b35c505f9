import { ATTACHMENT_LIMITS } from '../../../contract/attachment.ts';

const LONGEST_SIDE = 320;
const QUALITIES = [0.75, 0.5, 0.3];

/**
 * A small JPEG of a picture, drawn by the browser and so without what a camera writes beside it (place, device); null for
 * what the browser cannot draw.
 */
export async function drawThumb(file: Blob): Promise<Blob | null> {
  if (!file.type.startsWith('image/')) return null;
  const picture = await createImageBitmap(file).catch(() => null);
  if (picture === null) return null;
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const pen = canvas.getContext('2d');
  if (pen === null) return null;
  // Where a picture is see-through, JPEG would be black.
  pen.fillStyle = '#ffffff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  for (const quality of QUALITIES) {
    const drawn = await new Promise<Blob | null>(resolve => { canvas.toBlob(resolve, 'image/jpeg', quality); });
    if (drawn !== null && drawn.size <= ATTACHMENT_LIMITS.thumbBytes) return drawn;
  }
  return null;
}
