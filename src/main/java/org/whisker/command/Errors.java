package org.whisker.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.whisker.classifier.Classifier.NoNumberException;
import org.whisker.classifier.Networks.UnknownLayersException;
import org.whisker.io.ShownText;
import org.whisker.job.FailureMessage;
import org.whisker.job.InvalidRequestException;
import org.whisker.torch.ModuleClassifier.ModuleException;
import org.whisker.torch.TorchDevice.DeviceMemoryException;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * What to say, in one line, of whatever ended a command, and its exit code.
 *
 * @param exitCode see {@link ExitCode}
 * @param line one line that names the thing and the mend
 */
public record Errors(int exitCode, String line) {
  private static final String IMAGE = "--image";

  public Errors {
    line = ShownText.of(FailureMessage.oneLine(line));
  }

  public static Errors of(Throwable thrown) {
    Throwable cause = unwrap(thrown);
    if (cause instanceof ParameterException e) {
      return new Errors(ExitCode.USAGE, usage(unknownFirst(e)));
    }
    if (cause instanceof InvalidRequestException) {
      return new Errors(ExitCode.USAGE, FailureMessage.message(cause));
    }
    if (cause instanceof IOException e) {
      return new Errors(ExitCode.FAILURE, FailureMessage.of(e));
    }
    if (cause instanceof DeviceMemoryException
        || cause instanceof ModuleException
        || cause instanceof NoNumberException
        || cause instanceof UnknownLayersException) {
      return new Errors(ExitCode.FAILURE, FailureMessage.message(cause));
    }
    if (cause instanceof OutOfMemoryError) {
      return new Errors(
          ExitCode.FAILURE,
          "out of memory (%s); give more with WHISKER_JAVA_OPTS=-Xmx6g, or ask for less at once"
              .formatted(FailureMessage.message(cause)));
    }
    if (cause instanceof InternalError && FailureMessage.message(cause).contains("unsafe memory")) {
      return new Errors(
          ExitCode.FAILURE,
          "a file was cut short, or its disk failed, while it was read, such as the weights of a"
              + " model; put it back whole, and run again");
    }
    return new Errors(
        ExitCode.FAILURE,
        "unexpected: %s; run again with %s for the stack trace"
            .formatted(FailureMessage.describe(cause), CommonOptions.VERBOSE));
  }

  private static Throwable unwrap(Throwable thrown) {
    Throwable cause = thrown.getCause();
    boolean wrapper =
        thrown instanceof ExecutionException || thrown instanceof UncheckedIOException;
    return wrapper && cause != null ? unwrap(cause) : thrown;
  }

  /** {@code --quick} may be meant as {@code --budget quick}. */
  private static Optional<String> valueNamedAsOption(ParameterException e) {
    if (!(e instanceof UnmatchedArgumentException unmatched)) {
      return Optional.empty();
    }
    String value = unmatched.getUnmatched().get(0).replaceFirst("^-*", "");
    return e.getCommandLine().getCommandSpec().options().stream()
        .filter(option -> option.completionCandidates() != null)
        .filter(option -> among(option.completionCandidates(), value))
        .map(option -> option.longestName() + " " + value)
        .findFirst();
  }

  /** Some commands take pictures as they are, others by an option. */
  private static Optional<String> pictureWithoutOption(ParameterException e) {
    return e instanceof UnmatchedArgumentException unmatched
            && !unmatched.getUnmatched().get(0).startsWith("-")
            && e.getCommandLine().getCommandSpec().findOption(IMAGE) != null
        ? Optional.of(" (a picture is given by " + IMAGE + ")")
        : Optional.empty();
  }

  private static boolean among(Iterable<String> candidates, String value) {
    return StreamSupport.stream(candidates.spliterator(), false).anyMatch(value::equals);
  }

  /** An option that is missing may be there, misspelt; that is what there is to say then. */
  private static ParameterException unknownFirst(ParameterException e) {
    List<String> unmatched = e.getCommandLine().getUnmatchedArguments();
    return e instanceof MissingParameterException
            && unmatched.stream().anyMatch(word -> word.startsWith("-"))
        ? new UnmatchedArgumentException(e.getCommandLine(), unmatched)
        : e;
  }

  private static String usage(ParameterException e) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    List<String> similar =
        e instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
    String hint =
        valueNamedAsOption(e)
            .or(() -> similar.stream().findFirst())
            .map(each -> " (like " + each + "?)")
            .or(() -> pictureWithoutOption(e))
            .orElse("");
    return FailureMessage.message(e) + hint + "; see '" + command + " --help'";
  }
}
