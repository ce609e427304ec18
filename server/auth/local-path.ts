/** A path of our own to go on to after sign-in; anything else (another host, a scheme) becomes the front page. */
export function localPath(text: string): string {
  const base = 'http://local.invalid';
  if (!text.startsWith('/') || !URL.canParse(text, base)) return '/';
  const url = new URL(text, base);
  if (url.origin !== base || url.pathname.startsWith('//')) return '/';
  return url.pathname.startsWith('/sign-in') ? '/' : url.pathname + url.search;
}
