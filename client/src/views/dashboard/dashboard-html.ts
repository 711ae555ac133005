/** What the page of a dashboard is made of; addresses are those the editor serves files of the extension at. */
export interface PageParts {
  readonly language: string;
  readonly title: string;
  readonly script: string;
  readonly style: string;
  /** The editor's own source of files, for the policy. */
  readonly source: string;
  /** Unguessable, new for each page. */
  readonly nonce: string;
}

/** The page: one script by its nonce, one style sheet, nothing else, and no network. */
export function renderDashboardHtml({ language, title, script, style, source, nonce }: PageParts): string {
  const policy = `default-src 'none'; style-src ${source}; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="${escape(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escape(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<link rel="stylesheet" href="${escape(style)}">
</head>
<body>
<main id="dashboard"></main>
<script nonce="${escape(nonce)}" src="${escape(script)}"></script>
</body>
</html>
`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escape = (text: string): string => text.replaceAll(/[&<>"]/g, (sign) => entities[sign] ?? sign);
