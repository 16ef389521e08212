package org.whisker.cli.manual;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.whisker.cli.ParserOfAll;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The reference page says what the commands say. */
class CommandsPageTest {
  private static final Path PAGE = Path.of("docs/commands.md");
  private static final CommandLine WHISKER = ParserOfAll.get();
  private static final String MADE = CommandsPage.of(WHISKER);

  @Test
  void thePageIsOfTheseCommands() throws IOException {
    if (Boolean.getBoolean("whisker.write")) {
      Files.writeString(PAGE, MADE);
    }
    assertEquals(
        MADE,
        Files.readString(PAGE),
        PAGE
            + " is older than the commands; make it again:"
            + " mvn test -Dtest=CommandsPageTest -Dwhisker.write=true");
  }

  @Test
  void everyCommandAndOptionIsThere() {
    everything(WHISKER);
  }

  private static void everything(CommandLine command) {
    for (CommandLine each : command.getSubcommands().values()) {
      assertTrue(MADE.contains("\n## " + each.getCommandSpec().qualifiedName(" ") + "\n"));
      for (OptionSpec option : each.getCommandSpec().options()) {
        boolean shown = !option.hidden() && !option.usageHelp() && !option.versionHelp();
        assertTrue(!shown || MADE.contains("`" + option.longestName()), option.longestName());
      }
      everything(each);
    }
  }

  /** Help is text for {@link java.util.Formatter}, and warns where that fails. */
  @Test
  void everyHelpIsWellFormed() {
    wellFormed(WHISKER);
  }

  private static void wellFormed(CommandLine command) {
    UsageMessageSpec help = command.getCommandSpec().usageMessage();
    Stream.of(help.header(), help.description(), help.footer())
        .flatMap(Stream::of)
        .forEach(text -> assertDoesNotThrow(() -> String.format(Locale.ROOT, text), text));
    command.getSubcommands().values().forEach(CommandsPageTest::wellFormed);
  }

  @Test
  void nothingOfTheMachineIsInIt() {
    assertTrue(!MADE.contains(System.getProperty("user.home")), MADE);
    assertTrue(!MADE.contains(Path.of("").toAbsolutePath().toString()), MADE);
  }

  @Test
  void textIsNotTakenForMarkup() {
    assertEquals("a\\|b \\*c\\* \\_d\\_ \\<e\\>", CommandsPage.escaped("a|b *c* _d_ <e>"));
  }
}
