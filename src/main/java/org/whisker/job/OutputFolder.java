package org.whisker.job;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.whisker.io.AtomicFiles;
import org.whisker.io.FolderLock;

/** Makes the folder that a command writes to: the one asked for, or a new one named by the time. */
public final class OutputFolder {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

  private static final String OUT = "--out";

  /** Where it lies that no option names. */
  private static final String PLACE = "without --out,";

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
      return create(OUT, asked.get());
    }
    make(PLACE, parent);
    String name = stem + "-" + TIME.format(LocalDateTime.now(clock));
    for (int attempt = 1; ; attempt++) {
      Path folder = parent.resolve(attempt == 1 ? name : name + "-" + attempt);
      try {
        return Files.createDirectory(folder);
      } catch (AccessDeniedException e) {
        throw refused(PLACE, folder, e);
      } catch (FileAlreadyExistsException e) {
        // begun in the same second as another: try the next number
      }
    }
  }

  /**
   * Makes a folder that an option names.
   *
   * @throws InvalidRequestException when it is a file, or a folder with anything in it
   */
  public static Path create(String option, Path folder) throws IOException {
    check(option, folder);
    return make(option, folder);
  }

  private static Path make(String option, Path folder) throws IOException {
    try {
      return Files.createDirectories(folder);
    } catch (FileSystemException e) {
      if (AtomicFiles.isOfTheDisk(e)) {
        throw e; // a failure, and no wrong use of an option
      }
      throw refused(option, folder, e);
    }
  }

  private static InvalidRequestException refused(
      String option, Path folder, FileSystemException e) {
    String why =
        e instanceof AccessDeniedException
            ? "you may not write there"
            : e.getReason() == null ? "no folder can be made there" : e.getReason();
    return new InvalidRequestException(
        "%s %s can't be made: %s; name a folder elsewhere".formatted(option, folder, why));
  }

  /** Makes it and removes what was made, so that its place is known to take it. */
  private static void tryOut(String option, Path folder) throws IOException {
    List<Path> missing = new ArrayList<>();
    for (@Nullable Path each = folder.toAbsolutePath();
        each != null && !Files.exists(each);
        each = each.getParent()) {
      missing.add(each);
    }
    make(option, folder);
    for (Path each : missing) {
      Files.deleteIfExists(each);
    }
  }

  /**
   * Checks whether a folder can be made, for work that makes it later.
   *
   * @throws InvalidRequestException as {@link #create} does
   */
  public static void check(Path folder) throws IOException {
    check(OUT, folder);
  }

  /** What a process leaves that was ended before its manifest was there. */
  private static boolean isOfNothing(Path file) {
    return FolderLock.isOne(file) || Leftovers.isOne(file);
  }

  private static void check(String option, Path folder) throws IOException {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new InvalidRequestException(
          option + " " + folder + " is a file; name a new or empty folder");
    }
    if (Files.isDirectory(folder)) {
      try (Stream<Path> content = Files.list(folder)) {
        if (!content.allMatch(OutputFolder::isOfNothing)) {
          throw new InvalidRequestException(
              option + " " + folder + " is not empty; name a new or empty folder, or remove it");
        }
      }
    }
    if (!Files.exists(folder)) {
      tryOut(option, folder);
    }
  }
}
