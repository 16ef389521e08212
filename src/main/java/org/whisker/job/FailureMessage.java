package org.whisker.job;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/** What was thrown, in one line that names the thing and, where known, the mend. */
public final class FailureMessage {
  private FailureMessage() {}

  /** The JDK's own file errors often say no more than the file's name. */
  public static String of(IOException e) {
    if (e instanceof NoSuchFileException missing) {
      return missing.getFile() + " not found";
    }
    if (e instanceof AccessDeniedException denied) {
      return denied.getFile() + " may not be read or written; check its permissions";
    }
    if (e instanceof FileAlreadyExistsException exists) {
      return exists.getFile() + " exists already; move it away or name another";
    }
    if (e instanceof FileSystemException other
        && "Read-only file system".equals(other.getReason())) {
      return other.getFile() + " lies on a file system that is read-only; name a place elsewhere";
    }
    return e instanceof FileSystemException || hasMessage(e) ? message(e) : describe(e);
  }

  /** What was thrown and what it says. */
  public static String describe(Throwable thrown) {
    String name = thrown.getClass().getSimpleName();
    return hasMessage(thrown) ? name + ": " + message(thrown) : name;
  }

  /** The message of an error; its kind where it has none. */
  public static String message(Throwable thrown) {
    @Nullable String message = thrown.getMessage();
    return message == null ? thrown.getClass().getSimpleName() : message;
  }

  /** Puts a text on one line. */
  public static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", " ");
  }

  private static boolean hasMessage(Throwable thrown) {
    @Nullable String message = thrown.getMessage();
    return message != null && !message.isBlank();
  }
}
