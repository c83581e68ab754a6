package org.clusternet.repository;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.clusternet.cli.Checkout;

/** The Markdown files of the checkout, without what builds and runs leave there. */
final class Documents {
  /** The top folder. */
  static final Path ROOT = Checkout.root();

  private static final Set<String> LEFT_OUT = Set.of("target", "runs", "dist", "shared", ".git");

  private Documents() {}

  /** All of them, by their paths from the top. */
  static List<Path> all() throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        ROOT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return LEFT_OUT.contains(folder.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".md")) {
              found.add(ROOT.relativize(file));
            }
            return FileVisitResult.CONTINUE;
          }
        });
    found.sort(null);
    return found;
  }

  /** The text of one. */
  static String text(Path document) throws IOException {
    return Files.readString(ROOT.resolve(document));
  }
}
