package org.clusternet.kernels.emulator.syntax;

import java.util.ArrayList;
import java.util.List;

/** Cuts PTX text into tokens and drops comments. */
final class Lexer {
  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private int line = 1;

  Lexer(String text) {
    this.text = text;
  }

  List<Token> tokens() {
    while (at < text.length()) {
      next();
    }
    tokens.add(new Token(Token.Kind.END, "end of text", line));
    return tokens;
  }

  private void next() {
    char c = text.charAt(at);
    if (c == '\n') {
      line++;
      at++;
    } else if (Character.isWhitespace(c)) {
      at++;
    } else if (text.startsWith("//", at)) {
      int end = text.indexOf('\n', at);
      at = end < 0 ? text.length() : end;
    } else if (text.startsWith("/*", at)) {
      blockComment();
    } else if (c == '"') {
      int end = text.indexOf('"', at + 1);
      emit(Token.Kind.STRING, end + 1);
    } else if (Character.isDigit(c)) {
      emit(Token.Kind.NUMBER, run(at));
    } else if (isName(c)) {
      emit(Token.Kind.NAME, run(at));
    } else {
      emit(Token.Kind.MARK, at + 1);
    }
  }

  private void blockComment() {
    int end = text.indexOf("*/", at + 2);
    if (end < 0) {
      throw new PtxSyntaxException(line, "comment without end");
    }
    line += (int) text.substring(at, end).chars().filter(c -> c == '\n').count();
    at = end + 2;
  }

  private int run(int from) {
    int end = from;
    while (end < text.length() && isName(text.charAt(end))) {
      end++;
      if (text.startsWith("::", end)) {
        end += 2;
      }
    }
    return end;
  }

  private static boolean isName(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '$' || c == '%' || c == '.';
  }

  private void emit(Token.Kind kind, int end) {
    tokens.add(new Token(kind, text.substring(at, end), line));
    at = end;
  }
}
