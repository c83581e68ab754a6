package org.clusternet.kernels.emulator.syntax;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Parses what stands at module scope. */
final class ModuleParser {
  private final TokenStream tokens;
  private final BodyParser bodies;
  private final VariableParser variableParser;
  private final List<Variable> variables = new ArrayList<>();
  private final Map<String, Function> functions = new HashMap<>();
  private String version = "";
  private String target = "";

  ModuleParser(String text) {
    this.tokens = new TokenStream(text);
    this.variableParser = new VariableParser(tokens);
    this.bodies = new BodyParser(tokens, variableParser, text.lines().toList());
  }

  SyntaxTree parse() {
    boolean external = false;
    while (tokens.peek().kind() != Token.Kind.END) {
      Token token = tokens.peek();
      if (token.is(".extern")) {
        tokens.take();
        external = true;
      } else if (token.is(".visible") || token.is(".weak") || token.is(".common")) {
        tokens.take();
      } else {
        directive(token, external);
        external = false;
      }
    }
    return new SyntaxTree(version, target, variables, functions);
  }

  private void directive(Token token, boolean external) {
    switch (token.text()) {
      case ".version" -> {
        tokens.take();
        version = tokens.take().text();
      }
      case ".target" -> {
        tokens.take();
        target = tokens.name();
        while (tokens.accept(",")) {
          tokens.take();
        }
      }
      case ".address_size" -> {
        tokens.take();
        if (tokens.integer() != 64) {
          throw new PtxSyntaxException(token.line(), "only .address_size 64 is understood");
        }
      }
      case ".entry", ".func" -> function();
      case ".global", ".const", ".shared" -> variables.add(variableParser.declaration(external));
      case ".pragma" -> tokens.skipPast(";");
      case ".file" -> file();
      default ->
          throw new PtxSyntaxException(
              token.line(), "'" + token.text() + "' at module scope is not understood");
    }
  }

  private void file() {
    tokens.take();
    tokens.take();
    tokens.take();
    while (tokens.accept(",")) {
      tokens.take();
    }
  }

  private void function() {
    boolean entry = tokens.take().is(".entry");
    List<Variable> results = List.of();
    if (tokens.accept("(")) {
      results = tokens.list(")", variableParser::parameter);
    }
    String name = tokens.name();
    List<Variable> parameters = List.of();
    if (tokens.accept("(")) {
      parameters = tokens.list(")", variableParser::parameter);
    }
    List<Function.Limit> limits = limits();
    List<Statement> body = List.of();
    if (!tokens.accept(";")) {
      tokens.expect("{");
      body = bodies.statements();
    }
    Function previous = functions.get(name);
    if (previous == null || !body.isEmpty()) {
      functions.put(name, new Function(name, entry, results, parameters, limits, body));
    }
  }

  private List<Function.Limit> limits() {
    List<Function.Limit> limits = new ArrayList<>();
    while (tokens.peek().text().startsWith(".")) {
      String directive = tokens.name();
      List<Integer> extents = new ArrayList<>();
      if (tokens.peek().kind() == Token.Kind.NUMBER) {
        do {
          extents.add(tokens.integer());
        } while (tokens.accept(","));
      }
      limits.add(new Function.Limit(directive, extents));
    }
    return limits;
  }
}
