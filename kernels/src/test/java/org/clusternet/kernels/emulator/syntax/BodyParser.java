package org.clusternet.kernels.emulator.syntax;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Parses the statements of a function. */
final class BodyParser {
  private final TokenStream tokens;
  private final VariableParser variables;
  private final List<String> lines;

  BodyParser(TokenStream tokens, VariableParser variables, List<String> lines) {
    this.tokens = tokens;
    this.variables = variables;
    this.lines = lines;
  }

  /** Statements up to the closing brace, which is taken. */
  List<Statement> statements() {
    List<Statement> statements = new ArrayList<>();
    while (!tokens.accept("}")) {
      statement(statements);
    }
    return statements;
  }

  private void statement(List<Statement> into) {
    Token token = tokens.peek();
    if (tokens.accept("{")) {
      into.add(new Statement.Scope(statements()));
    } else if (tokens.accept(";")) {
      return;
    } else if (tokens.peek(1).is(":") && token.kind() == Token.Kind.NAME) {
      label(into);
    } else if (token.text().startsWith(".")) {
      directive(token, into);
    } else {
      into.add(code());
    }
  }

  private void label(List<Statement> into) {
    String name = tokens.name();
    tokens.expect(":");
    if (tokens.accept(".branchtargets")) {
      into.add(new Statement.Targets(name, tokens.list(";", tokens::name)));
    } else if (tokens.at(".callprototype") || tokens.at(".calltargets")) {
      tokens.skipPast(";");
    } else {
      into.add(new Statement.Label(name));
    }
  }

  private void directive(Token token, List<Statement> into) {
    switch (token.text()) {
      case ".reg" -> into.add(registers());
      case ".shared", ".local", ".param" ->
          into.add(new Statement.Local(variables.declaration(false)));
      case ".pragma" -> tokens.skipPast(";");
      case ".loc" -> {
        tokens.take();
        while (tokens.peek().line() == token.line()) {
          tokens.take();
        }
      }
      default ->
          throw new PtxSyntaxException(
              token.line(), "'" + token.text() + "' in a function is not understood");
    }
  }

  private Statement registers() {
    tokens.take();
    Token word = tokens.take();
    Type type =
        Type.of(word.text().substring(1))
            .orElseThrow(
                () -> new PtxSyntaxException(word.line(), "registers of unknown type " + word));
    List<String> names = new ArrayList<>();
    do {
      String name = tokens.name();
      if (tokens.accept("<")) {
        int count = tokens.integer();
        tokens.expect(">");
        for (int i = 0; i < count; i++) {
          names.add(name + i);
        }
      } else {
        names.add(name);
      }
    } while (tokens.accept(","));
    tokens.expect(";");
    return new Statement.Registers(type, names);
  }

  private Statement code() {
    int line = tokens.peek().line();
    Optional<Operand> guard = Optional.empty();
    if (tokens.accept("@")) {
      guard =
          Optional.of(
              tokens.accept("!")
                  ? new Operand.Not(tokens.name())
                  : new Operand.Name(tokens.name()));
    }
    Token opcode = tokens.take();
    if (opcode.kind() != Token.Kind.NAME) {
      throw new PtxSyntaxException(opcode.line(), "'" + opcode.text() + "' is no instruction");
    }
    List<String> parts = Arrays.asList(opcode.text().replace("::", ".").split("\\."));
    List<Operand> operands = tokens.list(";", this::operand);
    return new Statement.Code(
        guard,
        parts.get(0),
        parts.subList(1, parts.size()),
        operands,
        line,
        lines.get(line - 1).strip());
  }

  private Operand operand() {
    Operand first = single();
    if (tokens.accept("|")) {
      return new Operand.Pair(first, single());
    }
    return first;
  }

  private Operand single() {
    if (tokens.accept("{")) {
      return new Operand.Group(tokens.list("}", this::operand));
    }
    if (tokens.accept("(")) {
      return new Operand.Group(tokens.list(")", this::operand));
    }
    if (tokens.accept("[")) {
      return address();
    }
    if (tokens.accept("!")) {
      return new Operand.Not(tokens.name());
    }
    boolean negative = tokens.accept("-");
    Token token = tokens.take();
    if (token.kind() == Token.Kind.NUMBER) {
      return Literal.operand(token, negative);
    }
    if (token.kind() != Token.Kind.NAME || negative) {
      throw new PtxSyntaxException(token.line(), "'" + token.text() + "' is no operand");
    }
    if (tokens.at("+") && tokens.peek(1).kind() == Token.Kind.NUMBER) {
      tokens.take();
      return new Operand.Address("&" + token.text(), Literal.integer(tokens.take()));
    }
    return new Operand.Name(token.text());
  }

  private Operand address() {
    String base = "";
    if (tokens.peek().kind() == Token.Kind.NAME) {
      base = tokens.name();
      if (tokens.accept("]")) {
        return new Operand.Address(base, 0);
      }
      if (!tokens.accept("+") && !tokens.at("-")) {
        throw new PtxSyntaxException(tokens.peek().line(), "an address that is not understood");
      }
    }
    int sign = tokens.accept("-") ? -1 : 1;
    long offset = sign * Literal.integer(tokens.take());
    tokens.expect("]");
    return new Operand.Address(base, offset);
  }
}
