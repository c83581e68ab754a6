package org.clusternet.kernels.emulator.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The tokens of a text, taken one by one. */
final class TokenStream {
  private final List<Token> tokens;
  private int at;

  TokenStream(String text) {
    this.tokens = new Lexer(text).tokens();
  }

  Token peek() {
    return tokens.get(at);
  }

  Token peek(int ahead) {
    return tokens.get(Math.min(at + ahead, tokens.size() - 1));
  }

  Token take() {
    Token token = tokens.get(at);
    if (token.kind() == Token.Kind.END) {
      throw new PtxSyntaxException(token.line(), "the text ends inside a statement");
    }
    at++;
    return token;
  }

  boolean at(String text) {
    return peek().is(text);
  }

  boolean accept(String text) {
    if (at(text)) {
      at++;
      return true;
    }
    return false;
  }

  void expect(String text) {
    Token token = take();
    if (!token.is(text)) {
      throw new PtxSyntaxException(
          token.line(), "'" + text + "' was expected before '" + token.text() + "'");
    }
  }

  String name() {
    Token token = take();
    if (token.kind() != Token.Kind.NAME) {
      throw new PtxSyntaxException(token.line(), "a name was expected, not '" + token.text() + "'");
    }
    return token.text();
  }

  int integer() {
    return (int) Literal.integer(take());
  }

  /** Elements separated by commas until the closing mark, which is taken. */
  <T> List<T> list(String close, Supplier<T> element) {
    List<T> elements = new ArrayList<>();
    if (accept(close)) {
      return elements;
    }
    do {
      elements.add(element.get());
    } while (accept(","));
    expect(close);
    return elements;
  }

  void skipPast(String text) {
    while (!take().is(text)) {
      // Everything before it is of no use here.
    }
  }
}
