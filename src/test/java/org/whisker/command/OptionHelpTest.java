package org.whisker.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.whisker.cli.ParserOfAll;
import org.whisker.option.Option;
import org.whisker.option.OptionValue;
import org.whisker.option.Options;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;

/** Help says the default of an option by its declaration, and no help repeats it. */
class OptionHelpTest {
  private static final String PLACE = "${DEFAULT-VALUE}";

  record Some(
      @Option(names = "--one", label = "N", defaultValue = "7", help = "One.") int one,
      @Option(
              names = "--two",
              label = "N",
              defaultValue = "8",
              help = {"Two.", "And more."})
          int two,
      @Option(
              names = "--three",
              label = "N",
              defaultValue = "9",
              help = "Three. Default: ${DEFAULT-VALUE}, for a reason.")
          int three,
      @Option(
              names = "--four",
              label = "A,B",
              split = ",",
              defaultValue = "a,b",
              help = "Four. Default: all.")
          List<String> four,
      @Option(names = "--five", help = "Five.") boolean five) {}

  @Test
  void theDefaultIsSaidAfterTheLastParagraphUnlessTheTextSaysIt() {
    assertEquals(
        List.of(
            "One. Default: 7.",
            "Two.|And more. Default: 8.",
            "Three. Default: 9, for a reason.",
            "Four. Default: all.",
            "Five."),
        RecordOptions.of(Some.class).specs().stream()
            .map(spec -> String.join("|", spec.description()))
            .toList());
  }

  @Test
  void noDeclarationRepeatsItsDefault() throws IOException, URISyntaxException {
    Set<String> repeated = new TreeSet<>();
    int withDefault = 0;
    for (OptionValue value : all()) {
      String usual = String.join("", value.declared().defaultValue());
      withDefault += usual.isEmpty() ? 0 : 1;
      if (!usual.isEmpty() && says(String.join(" ", value.declared().help()), usual)) {
        repeated.add(value + ": " + usual);
      }
    }
    assertEquals(Set.of(), repeated);
    assertTrue(withDefault > 100, withDefault + " options have a default");
  }

  private static List<OptionValue> all() throws IOException, URISyntaxException {
    Path classes =
        Path.of(Option.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (Stream<Path> files = Files.walk(classes.resolve("org/whisker"))) {
      return files
          .map(file -> classes.relativize(file).toString())
          .filter(name -> name.endsWith(".class") && !name.endsWith("-info.class"))
          .<Class<?>>map(OptionHelpTest::named)
          .filter(OptionHelpTest::hasOptions)
          .flatMap(type -> Options.of(type.asSubclass(Record.class)).values().stream())
          .toList();
    }
  }

  private static Class<?> named(String file) {
    String name = file.replace(File.separatorChar, '.').replaceAll("[.]class$", "");
    try {
      return Class.forName(name, false, OptionHelpTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean hasOptions(Class<?> type) {
    return type.isRecord()
        && Arrays.stream(type.getRecordComponents())
            .flatMap(component -> Arrays.stream(component.getAnnotations()))
            .map(Annotation::annotationType)
            .anyMatch(each -> each == Option.class || each.isAnnotationPresent(Option.class));
  }

  @Test
  void allThatPicocliKnowsADefaultOfSaysIt() {
    assertEquals(List.of(), silent(ParserOfAll.get()).toList());
  }

  /** Options of this command and of those below it that have a default which help does not say. */
  private static Stream<String> silent(CommandLine command) {
    return Stream.concat(
        command.getCommandSpec().args().stream()
            .filter(arg -> arg.defaultValue() != null)
            .filter(arg -> Arrays.stream(arg.description()).noneMatch(OptionHelpTest::isSaid))
            .map(ArgSpec::toString),
        command.getSubcommands().values().stream().flatMap(OptionHelpTest::silent));
  }

  private static boolean isSaid(String line) {
    return line.contains("Default: ");
  }

  private static boolean says(String help, String usual) {
    String text = help.replace(PLACE, "");
    return Stream.of(". ", ", ", "; ", ")", ".")
        .anyMatch(end -> (text + " ").toLowerCase(Locale.ROOT).contains("default: " + usual + end));
  }
}
