package org.whisker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.command.Environment;
import org.whisker.command.RecordCommand;
import org.whisker.command.TestEnvironment;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.ModelConfig;
import org.whisker.job.Provenance;
import org.whisker.job.SharedOptions;
import org.whisker.option.Option;
import org.whisker.option.Seed;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class MainTest {
  private final TestEnvironment test = new TestEnvironment(Path.of("home"));

  /** Options that several commands have. */
  record Shared(
      ModelConfig model,
      @Option(names = "--runs", label = "N", defaultValue = "3", help = SharedOptions.RUNS)
          int runs,
      @Option(names = "--generations", label = "N", help = SharedOptions.GENERATIONS)
          OptionalInt generations,
      @Seed long seed) {}

  /** A command with shared options that does what a test says. */
  @Command(name = "try")
  static final class Try extends RecordCommand<Shared> {
    private final Callable<Integer> body;

    Try(Environment environment, Callable<Integer> body) {
      super(environment, Shared.class);
      this.body = body;
    }

    @Override
    public Integer call() throws IOException {
      try {
        return body.call();
      } catch (RuntimeException | IOException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Test
  void aFolderOfArgumentsIsRefused(@TempDir Path folder) {
    assertEquals(2, Main.run(new String[] {"score", "@" + folder}, test.environment()));
    assertTrue(test.err().startsWith("whisker: @" + folder + " is a folder; name a"), test.err());
    assertEquals(1, test.err().lines().count(), test.err());
  }

  private int failWith(Throwable thrown, String... more) {
    Try command =
        new Try(
            test.environment(),
            () -> {
              if (thrown instanceof Error e) {
                throw e;
              }
              throw (Exception) thrown;
            });
    String[] args = new String[3 + more.length];
    args[0] = "try";
    args[1] = "--model";
    args[2] = "m";
    System.arraycopy(more, 0, args, 3, more.length);
    return test.run(environment -> command, args);
  }

  @Test
  void printsItsVersionAndHelp() {
    assertEquals(0, Main.run(new String[] {"--version"}, test.environment()));
    assertTrue(test.out().startsWith("whisker "), test.out());
    assertEquals(0, Main.run(new String[] {"--help"}, test.environment()));
    assertTrue(test.out().contains("Usage: whisker"), test.out());
    assertTrue(test.out().contains("Examples:"), test.out());
    assertEquals("", test.err());
  }

  @Test
  void aCitationIsOneWholeEntryWithTheVersion() {
    assertEquals(0, Main.run(new String[] {"cite"}, test.environment()));
    assertTrue(test.out().matches("(?s)@software\\{whisker,\\R.*\\R}\\R"), test.out());
    assertTrue(test.out().contains("version = {" + Provenance.whiskerVersion() + "}"), test.out());
    assertEquals(
        test.out().chars().filter(c -> c == '{').count(),
        test.out().chars().filter(c -> c == '}').count());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "--nonsense",
        "try",
        "try --model m --runs x",
        "try --model m --modle m"
      })
  void oneLineAndExitCode2ForWrongUsage(String line) {
    assertEquals(2, test.run(environment -> new Try(environment, () -> 0), line.split(" ")));
    assertEquals(1, test.err().lines().count(), test.err());
    assertTrue(test.err().contains("--help'"), test.err());
    assertEquals("", test.out());
  }

  @Test
  void aloneItSaysWhatToTypeNextAndThatIsUnderstood() {
    assertEquals(2, Main.run(new String[0], test.environment()));
    assertEquals("", test.out());
    List<String> next = test.err().lines().filter(line -> line.startsWith("  whisker ")).toList();
    assertEquals(3, next.size(), test.err());
    for (String line : next) {
      String[] words = line.strip().split(" {3,}", -1)[0].split(" ", -1);
      Main.parser(test.environment()).parseArgs(Arrays.copyOfRange(words, 1, words.length));
    }
  }

  @Test
  void oneCommandTakenApartSaysWhatAllOfThemSay() {
    CommandLine all = Main.parser(test.environment());
    assertEquals(help(all), ran("--help"));
    all.getSubcommands().forEach((name, command) -> assertEquals(help(command), ran(name, "-h")));
    assertEquals("", test.err());
  }

  private static String help(CommandLine command) {
    return command.getUsageMessage(CommandLine.Help.Ansi.OFF);
  }

  private String ran(String... args) {
    int before = test.out().length();
    assertEquals(0, Main.run(args, test.environment()));
    return test.out().substring(before);
  }

  /** Lines that were broken for a page wider than the help's would be broken twice. */
  @Test
  void noWordStandsAloneInTheMiddleOfAParagraph() {
    String help = ran("models", "import", "--help");
    assertFalse(help.lines().anyMatch(line -> line.equals("becomes")), help);
    assertTrue(help.contains("  whisker models import --arch tf-mobilenet-v2 mobilenet"), help);
    for (String line : ran("diagnose", "-h").lines().toList()) {
      assertTrue(line.length() < 80 || line.startsWith("  "), line);
    }
    assertFalse(test.out().lines().anyMatch(line -> line.equals("none")), test.out());
  }

  @Test
  void anUnknownCommandIsGuessedAmongAll() {
    assertEquals(2, Main.run(new String[] {"evolv"}, test.environment()));
    assertTrue(test.err().contains("(like evolve?)"), test.err());
  }

  @Test
  void guessesWhatWasMeant() {
    test.run(
        environment -> new Try(environment, () -> 0), "try", "--model", "m", "--generation", "3");
    assertEquals(
        "whisker: Unknown options: '--generation', '3' (like --generations?);"
            + " see 'whisker try --help'\n",
        test.err());
  }

  @Test
  void exitCode2ForAnImpossibleOption() {
    assertEquals(2, failWith(new InvalidRequestException("--runs must be at least 1, was 0")));
    assertEquals("whisker: --runs must be at least 1, was 0\n", test.err());
  }

  @Test
  void exitCode1ForFileTrouble() {
    assertEquals(1, failWith(new IOException("a is damaged;\n  download it again")));
    assertEquals(1, failWith(new UncheckedIOException(new IOException("b is damaged"))));
    assertEquals(1, failWith(new NoSuchFileException("c.png")));
    assertEquals(1, failWith(new AccessDeniedException("d.png")));
    assertEquals(1, failWith(new EOFException()));
    assertEquals(
        """
        whisker: a is damaged; download it again
        whisker: b is damaged
        whisker: c.png not found
        whisker: d.png may not be read or written; check its permissions
        whisker: EOFException
        """,
        test.err());
  }

  @Test
  void exitCode1ForTooLittleMemory() {
    assertEquals(1, failWith(new OutOfMemoryError("Java heap space")));
    assertTrue(test.err().startsWith("whisker: out of memory (Java heap space);"), test.err());
    assertEquals(1, test.err().lines().count());
  }

  @Test
  void theStackTraceOnlyWhenAsked() {
    assertEquals(1, failWith(new IllegalStateException("odd")));
    assertEquals(
        "whisker: unexpected: IllegalStateException: odd;"
            + " run again with --verbose for the stack trace\n",
        test.err());
    assertEquals(1, failWith(new StackOverflowError(), "--verbose"));
    assertTrue(test.err().contains("\tat org.whisker.cli.MainTest"), test.err());
  }

  @Test
  void ctrlCEndsWith130AndKeepsWhatTheCommandDid() {
    Try command =
        new Try(
            test.environment(),
            () -> {
              var stop = test.environment().interrupts().listen();
              assertFalse(stop.getAsBoolean());
              test.signal();
              assertTrue(stop.getAsBoolean());
              test.environment().out().println("kept");
              return 0;
            });
    assertEquals(130, test.run(environment -> command, "try", "--model", "m"));
    assertEquals("kept\n", test.out());
    assertFalse(test.ended());
    test.signal();
    assertTrue(test.ended());
  }

  @Test
  void ctrlCIsTheProcessesOwnUntilACommandListens() {
    test.signal();
    assertFalse(test.environment().interrupts().getAsBoolean());
    assertEquals(0, test.run(environment -> new Try(environment, () -> 0), "try", "--model", "m"));
  }

  /** Not that another is missing. */
  @Test
  void aMisspeltOptionIsToldFirst() {
    assertEquals(
        2, Main.run(new String[] {"score", "--modle", "tiny", "white"}, test.environment()));
    assertTrue(test.err().contains("'--modle'"), test.err());
    assertTrue(test.err().contains("(like --model?)"), test.err());
  }

  @Test
  void chartsOfAnythingElseAreRefused(@TempDir Path folder) throws IOException {
    Path inside = Files.createDirectories(folder.resolve("a/b"));
    assertEquals(1, Main.run(new String[] {"charts", folder.toString()}, test.environment()));
    assertTrue(test.err().contains("holds no manifest.json"), test.err());
    Files.writeString(folder.resolve("manifest.json"), "{}");
    Main.run(new String[] {"charts", inside.toString()}, test.environment());
    assertTrue(test.err().contains("was made by whisker 0.2"), "a part of a folder is known");
  }

  /** As where no letters but those of ASCII are known: a word that names no file. */
  @Test
  void aWordThatCanNameNoFileIsToldInWords() {
    assertEquals(2, Main.run(new String[] {"score", "a\0b.png"}, test.environment()));
    String said = test.err();
    assertTrue(said.contains("b.png' can't be the name of a file here"), said);
    assertFalse(said.contains("Exception"), said);
  }
}
