package org.whisker.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.whisker.cli.Main;
import org.whisker.job.InvalidRequestException;
import org.whisker.option.Option;
import org.whisker.option.Options;
import org.whisker.table.Column;
import org.whisker.table.Table;

/** The recipe of a command (CONTRIBUTING.md): a record of options, a table, and a command. */
class RecordCommandTest {
  @TempDir Path temp;

  /** Three options and a parameter. */
  public record CountConfig(
      @Option(label = "WORD", needed = true, help = "The words to count.") List<String> words,
      @Option(
              names = "--least",
              label = "N",
              defaultValue = "1",
              min = 1,
              help = "Leave words out that are shorter than this.")
          int least,
      @Option(names = "--most", label = "N", help = "Leave out longer ones. Default: none.")
          OptionalInt most,
      @Option(names = "--upper", help = "In capitals.") boolean upper) {
    public CountConfig {
      Options.check(CountConfig.class, words, least, most, upper);
    }
  }

  /** A row of the table. */
  public record WordRow(
      @Column(value = "word", meaning = "as it was given") String word,
      @Column(value = "letters", meaning = "how many it has") int letters) {
    static final Table<WordRow> TABLE = Table.of(WordRow.class);
  }

  @Command(
      name = "count",
      description = "Counts the letters of words.",
      footer = {"", "Example:", "  whisker count one two"})
  private static final class CountCommand extends RecordCommand<CountConfig> {
    CountCommand(Environment environment) {
      super(environment, CountConfig.class, Extra.OUT);
    }

    @Override
    public Integer call() throws IOException {
      CountConfig config = config();
      List<WordRow> rows =
          config.words().stream()
              .filter(word -> word.length() >= config.least())
              .filter(word -> word.length() <= config.most().orElse(Integer.MAX_VALUE))
              .map(word -> config.upper() ? word.toUpperCase(Locale.ROOT) : word)
              .map(word -> new WordRow(word, word.length()))
              .toList();
      Path folder = out().folder(environment(), "count");
      WordRow.TABLE.write(folder.resolve("words.csv"), rows);
      environment().out().println(rows.size() + " words; written to " + folder);
      return ExitCode.OK;
    }
  }

  @Command(name = "ask", description = "Asks a network for dogs.")
  private static final class AskCommand extends RecordCommand<CountConfig> {
    AskCommand(Environment environment) {
      super(environment, CountConfig.class);
    }

    @Override
    public Integer call() throws IOException {
      context().listener().runs("dog");
      environment().out().println("p(target) 0.3 of a cat");
      new JsonOption.Document().value("folder", "a cat").print(environment().out());
      return ExitCode.OK;
    }
  }

  private TestEnvironment test() {
    return new TestEnvironment(temp);
  }

  private static int run(TestEnvironment test, String... args) {
    return Main.run(args, test.environment(), List.of(CountCommand::new));
  }

  @Test
  void aCommandIsARecordATableAndWhatItSays() throws IOException {
    TestEnvironment test = test();
    Path out = temp.resolve("out");
    assertEquals(
        ExitCode.OK,
        run(test, "count", "one", "three", "seventeen", "--most=5", "--upper", "--out=" + out));
    assertEquals(
        List.of("word,letters", "ONE,3", "THREE,5"), Files.readAllLines(out.resolve("words.csv")));
    assertTrue(test.out().startsWith("2 words; written to "), test.out());
  }

  /** JSON has the cells of the tables, and paths that a program opens. */
  @Test
  void textNamesTheClassAndJsonIsLeftAsItIs() {
    TestEnvironment test = test();
    assertEquals(ExitCode.OK, test.run(AskCommand::new, "ask", "one"), test.err());
    assertTrue(test.out().startsWith("p(target) 0.3 of a dog"), test.out());
    assertTrue(test.out().contains("\"a cat\""), test.out());
  }

  @Test
  void itsHelpIsThatOfTheRecord() {
    TestEnvironment test = test();
    assertEquals(ExitCode.OK, run(test, "count", "--help"));
    assertEquals(
        """
        Usage: whisker count [-hV] [--quiet] [--upper] [--verbose] [--least=N]
                             [--most=N] [--out=DIR] WORD...
        Counts the letters of words.
              WORD...     The words to count.
              --least=N   Leave words out that are shorter than this. Default: 1.
              --most=N    Leave out longer ones. Default: none.
              --upper     In capitals.
              --out=DIR   Output folder, new or empty. Default: a new one, named after
                            the time.
              --quiet     Show no progress and no notes, only errors.
              --verbose   Say more; show the stack trace of an error.
          -h, --help      Show this help message and exit.
          -V, --version   Print version information and exit.

        Example:
          whisker count one two
        """,
        test.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          count                   | Missing required parameter: 'WORD'
          count one --least=0     | --least must be at least 1, was 0
          count one --least=few   | Invalid value for option '--least': 'few' is not an int
          count one --upper=maybe | '--upper' should be specified without 'maybe' parameter
          count one --mist=3      | Unknown option: '--mist=3'
          """)
  void whatIsWrongIsSaidByName(String line, String message) {
    TestEnvironment test = test();
    assertEquals(ExitCode.USAGE, run(test, line.split(" ")));
    assertTrue(test.err().contains(message), test.err());
  }

  @Test
  void wordsOfAFileAreReadAsTyped() {
    RecordOptions<CountConfig> options = RecordOptions.of(CountConfig.class);
    assertEquals(
        new CountConfig(List.of("a", "b"), 2, OptionalInt.empty(), false),
        options.asked("count", List.of("a", "--least=2", "b"), List.of()));
    assertEquals(
        "count Unknown option: '--x'",
        assertThrows(
                InvalidRequestException.class,
                () -> options.asked("count", List.of("a", "--x"), List.of()))
            .getMessage());
  }
}
