package org.whisker.io;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.whisker.value.Text;

/**
 * Opens what a user names. Regular files alone: a named pipe never begins, and {@code /dev/zero}
 * never ends.
 */
public final class InputFile {
  private static final long MOST_BYTES = 1L << 30;
  private static final int MOST_TRIES = 20;

  private InputFile() {}

  /**
   * Checks that it can be read to its end; symbolic links are followed.
   *
   * @throws IOException in one line, when there is none, or it is a folder, pipe or device
   */
  public static Path checked(Path file) throws IOException {
    if (Files.isRegularFile(file)) {
      return file;
    }
    if (!Files.exists(file)) {
      throw new IOException(file + " does not exist");
    }
    String what = Files.isDirectory(file) ? "a folder" : "a pipe or device";
    throw new IOException(file + " is " + what + "; give a file");
  }

  /**
   * Reads a file's bytes.
   *
   * @throws IOException in one line, also when it is longer than 1 GiB
   */
  public static byte[] bytes(Path file) throws IOException {
    checkSize(file, MOST_BYTES);
    return Files.readAllBytes(file);
  }

  /**
   * Reads a file's bytes; empty where there is no such file, or it is removed meanwhile. One that
   * is removed and made again is read anew.
   */
  public static Optional<byte[]> ifThere(Path file) throws IOException {
    for (int tries = 1; ; tries++) {
      try {
        return Files.exists(file) ? Optional.of(bytes(file)) : Optional.empty();
      } catch (IOException e) {
        if (!Files.exists(file)) {
          return Optional.empty();
        }
        if (tries == MOST_TRIES) {
          throw e;
        }
      }
    }
  }

  /**
   * Refuses a folder in which this user can't see what there is: it would pass for an empty one.
   *
   * @throws AccessDeniedException when it is there, and closed
   */
  public static void requireOpen(Path folder) throws AccessDeniedException {
    if (Files.isDirectory(folder) && !Files.isExecutable(folder)) {
      throw new AccessDeniedException(folder.toString());
    }
  }

  /** Opens a file for reading its bytes one after the other. */
  public static InputStream open(Path file) throws IOException {
    return Files.newInputStream(checked(file));
  }

  /**
   * Opens a file to read its text in UTF-8 line by line; what is not UTF-8 is an error of the
   * reader.
   */
  public static BufferedReader reader(Path file) throws IOException {
    return new BufferedReader(
        new InputStreamReader(open(file), StandardCharsets.UTF_8.newDecoder()));
  }

  /**
   * Reads a file's whole text in UTF-8.
   *
   * @param most bytes that it may have
   * @throws IOException in one line, also when it is longer
   */
  public static String text(Path file, long most) throws IOException {
    checkSize(file, most);
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (CharacterCodingException e) {
      throw new IOException(file + " is not UTF-8 text; save it as such", e);
    }
  }

  /** Reads a file's whole text in UTF-8, of at most 1 GiB. */
  public static String text(Path file) throws IOException {
    return text(file, MOST_BYTES);
  }

  private static void checkSize(Path file, long most) throws IOException {
    long size = Files.size(checked(file));
    if (size > most) {
      throw new IOException(
          Text.of("%s has %,d bytes, more than %,d; it is not such a file", file, size, most));
    }
  }
}
