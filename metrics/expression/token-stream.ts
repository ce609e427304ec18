import type { Token } from './lexer';

/** A cursor over tokens; it never runs past the end token. */
export class TokenStream {
  private at = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  peek(offset = 0): Token {
    const token = this.tokens[this.at + offset] ?? this.tokens.at(-1);
    if (token === undefined) throw new Error('tokenize always ends with an end token');
    return token;
  }

  next(): Token {
    const token = this.peek();
    if (this.at < this.tokens.length - 1) this.at += 1;
    return token;
  }

  toEnd(): void {
    this.at = this.tokens.length - 1;
  }

  isSymbol(text: string): boolean {
    const token = this.peek();
    return token.type === 'symbol' && token.text === text;
  }

  takeSymbol(text: string): boolean {
    if (!this.isSymbol(text)) return false;
    this.next();
    return true;
  }

  isWord(words: string | readonly string[], offset = 0): boolean {
    const token = this.peek(offset);
    return (
      token.type === 'keyword' &&
      (typeof words === 'string' ? token.text === words : words.includes(token.text))
    );
  }
}
