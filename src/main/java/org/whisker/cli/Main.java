package org.whisker.cli;

import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.whisker.command.CommonOptions;
import org.whisker.command.Environment;
import org.whisker.command.Errors;
import org.whisker.command.ExitCode;
import org.whisker.feature.FolderCharts;
import org.whisker.io.NativeFolders;
import org.whisker.job.InvalidRequestException;
import picocli.CommandLine;

/** The start of whisker. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    // the charts are loaded once one is drawn: help and most commands draw none
    Environment environment =
        Environment.system((folder, files) -> new FolderCharts().draw(folder, files));
    NativeFolders.fallback(environment.home().cache().resolve("natives"));
    System.exit(run(args, environment));
  }

  public static int run(String[] args, Environment environment) {
    return run(args, environment, () -> Commands.line(environment, args));
  }

  /**
   * Runs one command line.
   *
   * @return the exit code, see {@link ExitCode}
   */
  public static int run(
      String[] args, Environment environment, List<Function<Environment, Object>> commands) {
    return run(args, environment, () -> line(environment, commands));
  }

  private static int run(String[] args, Environment environment, Supplier<CommandLine> line) {
    try {
      refuseUnreadable(args);
      int exitCode = set(line.get(), environment).execute(args);
      boolean stopped = exitCode == ExitCode.OK && environment.interrupts().getAsBoolean();
      return written(stopped ? ExitCode.INTERRUPTED : exitCode, environment);
    } catch (Exception | Error e) {
      return report(e, args, environment.err());
    } finally {
      environment.out().flush();
    }
  }

  /** A word such as {@code @words.txt} stands for those of a file that can be read. */
  private static void refuseUnreadable(String[] args) {
    for (String word : args) {
      if (word.matches("@[^@].*")) {
        File file = new File(word.substring(1));
        String why = file.isDirectory() ? " is a folder" : " may not be read";
        InvalidRequestException.refuse(
            file.isDirectory() || (file.exists() && !file.canRead()),
            word + why + "; name a file of arguments, or write @" + word + " for the word");
      }
    }
  }

  /** A result that nobody got is a failure: a full disk, or a pipe whose reader is gone. */
  private static int written(int exitCode, Environment environment) {
    if (!environment.out().checkError() || exitCode != ExitCode.OK) {
      return exitCode;
    }
    if (isReaderGone(environment.out())) {
      return ExitCode.FAILURE; // as with whisker … | head, of which nobody wants to be told
    }
    environment
        .err()
        .println("whisker: standard output could not be written; give it space, or a reader");
    return ExitCode.FAILURE;
  }

  /** Whether it is a pipe from which nobody reads any more, which only the system tells. */
  private static boolean isReaderGone(PrintStream out) {
    if (!Objects.equals(out, System.out)) {
      return false;
    }
    try {
      new FileOutputStream(FileDescriptor.out).write('\n');
      return false;
    } catch (IOException e) {
      return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("pipe");
    }
  }

  /** All commands, for who wants to parse a line and not run it. */
  static CommandLine parser(Environment environment) {
    return set(Commands.all(environment), environment);
  }

  private static CommandLine line(
      Environment environment, List<Function<Environment, Object>> commands) {
    CommandLine root = new CommandLine(new RootCommand());
    commands.forEach(command -> root.addSubcommand(command.apply(environment)));
    return root;
  }

  private static CommandLine set(CommandLine root, Environment environment) {
    return root.registerConverter(Path.class, Main::path)
        .setOut(writer(environment.out()))
        .setErr(writer(environment.err()))
        .setParameterExceptionHandler((e, args) -> report(e, args, environment.err()))
        .setExecutionExceptionHandler(
            (e, command, parsed) ->
                report(e, parsed.originalArgs().toArray(String[]::new), environment.err()));
  }

  /** A container often has no locale, and Java then knows no letters but those of ASCII. */
  private static Path path(String word) {
    try {
      return Path.of(word);
    } catch (InvalidPathException e) {
      throw new CommandLine.TypeConversionException(
          "'%s' can't be the name of a file here; for letters beyond ASCII, set LC_ALL=C.UTF-8"
              .formatted(word));
    }
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new Characters(stream), true);
  }

  /** To a stream that knows how its characters are encoded; the colours of help stay. */
  private static final class Characters extends Writer {
    private final PrintStream to;

    Characters(PrintStream to) {
      this.to = to;
    }

    @Override
    public void write(char[] text, int from, int length) {
      to.print(Arrays.copyOfRange(text, from, from + length));
    }

    @Override
    public void flush() {
      to.flush();
    }

    @Override
    public void close() {
      flush();
    }
  }

  private static int report(Throwable thrown, String[] args, PrintStream err) {
    Errors error = Errors.of(thrown);
    err.println("whisker: " + error.line());
    if (List.of(args).contains(CommonOptions.VERBOSE)) {
      thrown.printStackTrace(err);
    }
    return error.exitCode();
  }
}
