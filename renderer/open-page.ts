/** A page of ours beside the console; a second call brings the same one to the front. */
export function openPage(page: 'wallboard' | 'print', hash = ''): void {
  const opened = window.open(`${page}.html${hash}`, `ioc-${page}`);
  opened?.focus();
}
