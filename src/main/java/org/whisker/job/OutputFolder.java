package org.whisker.job;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes the folder that a command writes to: the one asked for, or a new one named by the time. */
public final class OutputFolder {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

  private OutputFolder() {}

  /**
   * Makes {@code asked}, or else {@code parent/stem-20261125-101500}; another number is put behind
   * the time when that folder exists.
   *
   * @param stem the command and the model, such as {@code evolve-vgg16-mini}
   * @throws InvalidRequestException when {@code asked} is a file, or a folder with anything in it
   */
  public static Path create(Optional<Path> asked, Path parent, String stem, Clock clock)
      throws IOException {
    if (asked.isPresent()) {
      return createAsked(asked.get());
    }
    Files.createDirectories(parent);
    String name = stem + "-" + TIME.format(LocalDateTime.now(clock));
    for (int attempt = 1; ; attempt++) {
      Path folder = parent.resolve(attempt == 1 ? name : name + "-" + attempt);
      try {
        return Files.createDirectory(folder);
      } catch (FileAlreadyExistsException e) {
        // begun in the same second as another: try the next number
      }
    }
  }

  private static Path createAsked(Path folder) throws IOException {
    check(folder);
    return Files.createDirectories(folder);
  }

  /**
   * For work whose folder is made at its end: whether it can be.
   *
   * @throws InvalidRequestException as {@link #create} does
   */
  public static void check(Path folder) throws IOException {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new InvalidRequestException(
          "--out " + folder + " is a file; name a new or empty folder");
    }
    if (Files.isDirectory(folder)) {
      try (Stream<Path> content = Files.list(folder)) {
        if (content.findAny().isPresent()) {
          throw new InvalidRequestException(
              "--out " + folder + " is not empty; name a new or empty folder, or remove it");
        }
      }
    }
  }
}
