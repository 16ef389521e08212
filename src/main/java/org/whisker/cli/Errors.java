package org.whisker.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.whisker.classifier.UnknownLayersException;
import org.whisker.torch.DeviceMemoryException;
import org.whisker.torch.ModuleException;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * What to say, in one line, of whatever ended a command, and its exit code.
 *
 * @param exitCode see {@link ExitCode}
 * @param line one line that names the thing and the mend
 */
record Errors(int exitCode, String line) {
  Errors {
    line = line.strip().replaceAll("\\s*\\R\\s*", " ");
  }

  static Errors of(Throwable thrown) {
    Throwable cause = unwrap(thrown);
    if (cause instanceof ParameterException e) {
      return new Errors(ExitCode.USAGE, usage(e));
    }
    if (cause instanceof UsageException) {
      return new Errors(ExitCode.USAGE, message(cause));
    }
    if (cause instanceof IOException e) {
      return new Errors(ExitCode.FAILURE, file(e));
    }
    if (cause instanceof DeviceMemoryException
        || cause instanceof ModuleException
        || cause instanceof UnknownLayersException) {
      return new Errors(ExitCode.FAILURE, message(cause));
    }
    if (cause instanceof OutOfMemoryError) {
      return new Errors(
          ExitCode.FAILURE,
          "out of memory (%s); give more with WHISKER_JAVA_OPTS=-Xmx6g, or ask for less at once"
              .formatted(message(cause)));
    }
    return new Errors(
        ExitCode.FAILURE,
        "unexpected: %s; run again with %s for the stack trace"
            .formatted(describe(cause), CommonOptions.VERBOSE));
  }

  private static Throwable unwrap(Throwable thrown) {
    Throwable cause = thrown.getCause();
    boolean wrapper =
        thrown instanceof ExecutionException || thrown instanceof UncheckedIOException;
    return wrapper && cause != null ? unwrap(cause) : thrown;
  }

  private static String usage(ParameterException e) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    List<String> similar =
        e instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
    String hint = similar.isEmpty() ? "" : " (like " + similar.get(0) + "?)";
    return message(e) + hint + "; see '" + command + " --help'";
  }

  /** The JDK's own file errors often say no more than the file's name. */
  private static String file(IOException e) {
    if (e instanceof NoSuchFileException missing) {
      return missing.getFile() + " not found";
    }
    if (e instanceof AccessDeniedException denied) {
      return denied.getFile() + " may not be read or written; check its permissions";
    }
    if (e instanceof FileAlreadyExistsException exists) {
      return exists.getFile() + " exists already; move it away or name another";
    }
    return e instanceof FileSystemException || hasMessage(e) ? message(e) : describe(e);
  }

  /** What was thrown and what it says. */
  static String describe(Throwable thrown) {
    String name = thrown.getClass().getSimpleName();
    return hasMessage(thrown) ? name + ": " + message(thrown) : name;
  }

  private static boolean hasMessage(Throwable thrown) {
    @Nullable String message = thrown.getMessage();
    return message != null && !message.isBlank();
  }

  private static String message(Throwable thrown) {
    @Nullable String message = thrown.getMessage();
    return message == null ? thrown.getClass().getSimpleName() : message;
  }
}
