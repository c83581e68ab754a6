package org.clusternet.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Rules for the sources of all modules that compiled classes do not show. Each method returns what
 * breaks its rule.
 */
final class ProductionSources {
  private static final int LONGEST = 300;
  private static final String INFO = "package-info.java";

  /** A layer may be called as the op that it runs, like {@code torch.nn.Linear}. */
  private static final Set<String> OP_AND_LAYER =
      Set.of("org.clusternet.engine.op", "org.clusternet.nn.layer");

  private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
  private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");
  private static final Pattern OPENING =
      Pattern.compile("(?s)\\A(?:\\s|//[^\\n]*|/\\*.*?\\*/|(?:package|import)\\s[^;]*;)*");
  private static final Pattern REASON = Pattern.compile("long[\\s*/]+because");

  private final Path root;
  private final List<Path> files = new ArrayList<>();

  /**
   * Finds the sources.
   *
   * @param root the folder of the parent pom.xml
   */
  ProductionSources(Path root) throws IOException {
    this.root = root;
    Matcher module = MODULE.matcher(Files.readString(root.resolve("pom.xml")));
    while (module.find()) {
      addFiles(root.resolve(module.group(1)).resolve("src/main"));
    }
  }

  private void addFiles(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      walk.filter(file -> file.toString().matches(".*\\.(java|cu|cuh)"))
          .sorted()
          .forEach(files::add);
    }
  }

  /** All files, as paths from the root. */
  List<Path> files() {
    return files.stream().map(root::relativize).toList();
  }

  /** Classes of one simple name in several packages. */
  List<String> sharedNames() throws IOException {
    Map<String, Set<String>> packages = new TreeMap<>();
    for (Path file : files) {
      String name = file.getFileName().toString();
      Matcher declared = PACKAGE.matcher(Files.readString(file));
      if (declared.find() && !name.equals(INFO)) {
        packages.merge(name.replace(".java", ""), Set.of(declared.group(1)), ProductionSources::or);
      }
    }
    return packages.entrySet().stream()
        .filter(entry -> entry.getValue().size() > 1 && !entry.getValue().equals(OP_AND_LAYER))
        .map(entry -> entry.getKey() + " in " + entry.getValue().stream().sorted().toList())
        .toList();
  }

  private static Set<String> or(Set<String> a, Set<String> b) {
    return Set.copyOf(Stream.concat(a.stream(), b.stream()).toList());
  }

  /** Long files whose opening comment does not say "long because" and the reason. */
  List<String> longWithoutReason() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file : files) {
      String text = Files.readString(file);
      Matcher opening = OPENING.matcher(text);
      boolean explained = opening.find() && REASON.matcher(opening.group()).find();
      long lines = text.lines().count();
      if (lines > LONGEST && !explained) {
        found.add(root.relativize(file) + ": " + lines + " lines");
      }
    }
    return found;
  }

  /** Packages of Java whose {@code package-info.java} is missing or not {@code @NullMarked}. */
  List<String> notNullMarked() throws IOException {
    List<String> found = new ArrayList<>();
    List<Path> folders =
        files.stream().filter(f -> f.toString().endsWith(".java")).map(Path::getParent).toList();
    for (Path folder : folders.stream().distinct().toList()) {
      Path info = folder.resolve(INFO);
      if (!Files.exists(info) || !Files.readString(info).contains("\n@NullMarked\n")) {
        found.add(root.relativize(folder).toString());
      }
    }
    return found;
  }
}
