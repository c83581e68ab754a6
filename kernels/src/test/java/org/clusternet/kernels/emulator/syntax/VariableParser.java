package org.clusternet.kernels.emulator.syntax;

import java.util.ArrayList;
import java.util.List;

/** Parses declarations of variables and parameters. */
final class VariableParser {
  private final TokenStream tokens;

  VariableParser(TokenStream tokens) {
    this.tokens = tokens;
  }

  /** A declaration with its semicolon; the space's directive comes next. */
  Variable declaration(boolean external) {
    Variable variable = variable(external);
    tokens.expect(";");
    return variable;
  }

  /** A formal parameter. */
  Variable parameter() {
    return variable(false);
  }

  private Variable variable(boolean external) {
    Token first = tokens.peek();
    String space = tokens.name().substring(1);
    Type type = null;
    int align = 0;
    while (tokens.peek().text().startsWith(".")) {
      String word = tokens.name();
      if (word.equals(".align")) {
        align = tokens.integer();
      } else if (word.equals(".attribute")) {
        tokens.skipPast(")");
      } else if (!word.equals(".ptr") && !word.equals(".global") && !word.equals(".shared")) {
        type =
            Type.of(word.substring(1))
                .orElseThrow(() -> new PtxSyntaxException(first.line(), "unknown type " + word));
      }
    }
    if (type == null) {
      throw new PtxSyntaxException(first.line(), "a variable without a type");
    }
    String name = tokens.name();
    int count = extents();
    List<Operand> initialiser = new ArrayList<>();
    if (tokens.accept("=")) {
      initialise(initialiser);
    }
    return new Variable(
        name, space, type, align == 0 ? type.bytes() : align, count, external, initialiser);
  }

  private int extents() {
    int count = 1;
    while (tokens.accept("[")) {
      if (tokens.accept("]")) {
        count = 0;
      } else {
        count *= tokens.integer();
        tokens.expect("]");
      }
    }
    return count;
  }

  private void initialise(List<Operand> into) {
    if (tokens.accept("{")) {
      do {
        initialise(into);
      } while (tokens.accept(","));
      tokens.expect("}");
      return;
    }
    boolean negative = tokens.accept("-");
    Token token = tokens.take();
    if (token.kind() == Token.Kind.NUMBER) {
      into.add(Literal.operand(token, negative));
    } else if (token.is("generic")) {
      tokens.expect("(");
      into.add(new Operand.Name(tokens.name()));
      tokens.expect(")");
    } else {
      into.add(new Operand.Name(token.text()));
    }
  }
}
