/** A page without scripts, for what has to be said when the console's own pages cannot be shown. */
export function plainPage(title: string, text: string): string {
  return `<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>${escapeHtml(title)}</title></head>
<body><h1>${escapeHtml(title)}</h1><p>${escapeHtml(text)}</p></body></html>
`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, letter => `&#${letter.charCodeAt(0)};`);
}
