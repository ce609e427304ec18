/** A download's name: ASCII for old readers, and as it is written for all others (RFC 5987). */
export function attachment({ ascii, chinese }: { ascii: string; chinese: string }): string {
  // Four marks that encodeURIComponent leaves have a meaning of their own in a header.
  const encoded = encodeURIComponent(chinese).replace(
    /['()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
