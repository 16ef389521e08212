package org.whisker.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.stream.Stream;

/**
 * Whether a checkout was changed after it was built, for the launcher of Windows, whose shell can't
 * compare times. Ends with 1 if so.
 */
final class NewerSources {
  private NewerSources() {}

  /** The folder of the checkout, and a file as old as what was built of it. */
  public static void main(String[] args) throws IOException {
    System.exit(than(Path.of(args[1]), Path.of(args[0])) ? 1 : 0);
  }

  /** Whether {@code pom.xml} or anything below {@code src/main} is newer than that file. */
  static boolean than(Path file, Path checkout) throws IOException {
    FileTime built = Files.getLastModifiedTime(file);
    try (Stream<Path> sources = Files.walk(checkout.resolve("src/main"))) {
      for (Path each : Stream.concat(Stream.of(checkout.resolve("pom.xml")), sources).toList()) {
        if (Files.getLastModifiedTime(each).compareTo(built) > 0) {
          return true;
        }
      }
      return false;
    }
  }
}
