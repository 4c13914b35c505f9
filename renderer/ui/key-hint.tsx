/** A key as it stands on the keyboard: `N`, `Ctrl+K`, `↑↓`. */
export function KeyHint({ keys }: { keys: string }) {
  return <kbd className="key">{keys}</kbd>;
}
