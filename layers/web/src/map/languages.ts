/** Languages by the name that their readers know. */

/** `العربية` for `ar`; the code itself where the browser knows no name. */
export function nameOf(language: string): string {
  try {
    return new Intl.DisplayNames([language], { type: "language" }).of(language) ?? language;
  } catch {
    return language;
  }
}
