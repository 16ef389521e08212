package org.whisker.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeclaredOptionsTest {
  /** A type that reads itself. */
  public enum Colour {
    RED,
    BLUE;

    public static Colour parse(String text) {
      try {
        return valueOf(text.toUpperCase(Locale.ROOT));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("--colour must be red or blue, was '" + text + "'", e);
      }
    }
  }

  /** A parser beside the type. */
  static final class Half implements Option.Parser<Double> {
    @Override
    public Double parse(String text) {
      return text.equals("half") ? 0.5 : Double.parseDouble(text);
    }
  }

  private record Inner(
      @Option(names = "--name", label = "NAME", help = "A name.") String name,
      @Option(names = "--speed", label = "N", defaultValue = "7", help = "A speed.") int speed,
      Optional<String> hidden) {}

  private record Teacher(
      @Option(names = "--teacher", label = "WHO", help = "Who.") String who,
      @Option(names = "--heat", label = "T", defaultValue = "2", help = "Heat.") double heat,
      @Option(names = "--views", label = "N", defaultValue = "30", help = "Views.") int views) {}

  private record All(
      Inner inner,
      @Option(label = "FILES", needed = true, help = "Files.") List<Path> files,
      @Option(
              names = {"-c", "--colour"},
              label = "C",
              defaultValue = "red,blue",
              split = ",",
              help = "Colours.")
          List<Colour> colours,
      @Option(names = "--set", label = "C", help = "Colours.") Set<Colour> set,
      @Option(
              names = "--share",
              label = "S",
              parser = Half.class,
              defaultValue = "half",
              above = 0,
              below = 1,
              help = "A share.")
          double share,
      @Option(names = "--steps", label = "N", min = 1, help = "Steps.") OptionalInt steps,
      @Option(names = "--most", label = "N", max = 9, help = "Most.") OptionalLong most,
      @Option(names = "--noise", label = "N", min = 0, max = 1, help = "Noise.")
          OptionalDouble noise,
      @Option(names = "--note", label = "TEXT", help = "Note.") Optional<String> note,
      @Option(names = "--loud", help = "Loud.") boolean loud,
      Optional<Teacher> teacher,
      @Option(
              names = "--quality",
              label = "Q",
              min = 1,
              max = 100,
              defaultValue = "90",
              split = ",",
              help = "Qualities.")
          List<Integer> qualities,
      @Option(names = "--seed", label = "N", defaultValue = "1", help = "Seed.") long seed) {
    All {
      Options.check(
          All.class, inner, files, colours, set, share, steps, most, noise, note, loud, teacher,
          qualities, seed);
    }
  }

  private record Changed(
      @OptionGroup(
              without = "--speed",
              change =
                  @OptionGroup.Change(
                      component = "hidden",
                      option = @Option(names = "--hidden", label = "H", help = "Seen here.")))
          Inner inner) {}

  private static final Inner NAMED = new Inner("cat", 7, Optional.empty());

  private static All read(Map<String, List<?>> given) {
    return Options.of(All.class)
        .read(value -> given.getOrDefault(value.name(), needed(value.name())));
  }

  private static List<?> needed(String name) {
    return switch (name) {
      case "--name" -> List.of("cat");
      case "FILES" -> List.of(Path.of("a"));
      default -> List.of();
    };
  }

  @Test
  void whatIsNotGivenIsAsDeclared() {
    All all = Options.of(All.class).defaults(NAMED, List.of(Path.of("a")));
    assertEquals(all, read(Map.of()));
    assertEquals(List.of(Colour.RED, Colour.BLUE), all.colours());
    assertEquals(Set.of(), all.set());
    assertEquals(0.5, all.share());
    assertEquals(OptionalInt.empty(), all.steps());
    assertEquals(OptionalLong.empty(), all.most());
    assertEquals(OptionalDouble.empty(), all.noise());
    assertEquals(Optional.empty(), all.note());
    assertEquals(Optional.empty(), all.teacher());
    assertEquals(List.of(90), all.qualities());
    assertEquals(1, all.seed());
  }

  @Test
  void whatIsGivenIsReadByItsType() {
    All all =
        read(
            Map.of(
                "--colour", List.of("blue"),
                "--set", List.of("red", "red"),
                "--share", List.of("0.25"),
                "--steps", List.of(3),
                "--most", List.of(9L),
                "--noise", List.of(0.0),
                "--note", List.of("here"),
                "--loud", List.of(true),
                "--quality", List.of(1, 100),
                "--speed", List.of(8)));
    assertEquals(List.of(Colour.BLUE), all.colours());
    assertEquals(Set.of(Colour.RED), all.set());
    assertEquals(0.25, all.share());
    assertEquals(OptionalInt.of(3), all.steps());
    assertEquals(OptionalLong.of(9), all.most());
    assertEquals(OptionalDouble.of(0), all.noise());
    assertEquals(Optional.of("here"), all.note());
    assertTrue(all.loud());
    assertEquals(List.of(1, 100), all.qualities());
    assertEquals(8, all.inner().speed());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --steps   | 0    | --steps must be at least 1, was 0
          --most    | 10   | --most must be at most 9, was 10
          --noise   | 1.5  | --noise must be 0 to 1, was 1.5
          --noise   | NaN  | --noise must be 0 to 1, was NaN
          --quality | 101  | --quality must be 1 to 100, was 101
          --share   | 0    | --share must be above 0 and below 1, was 0.0
          --colour  | pink | --colour must be red or blue, was 'pink'
          """)
  void whatCannotBeIsRefusedByName(String option, String text, String message) {
    Object word =
        switch (option) {
          case "--steps", "--quality" -> Integer.valueOf(text);
          case "--most" -> Long.valueOf(text);
          case "--noise" -> Double.valueOf(text);
          default -> text;
        };
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> read(Map.of(option, List.of(word))))
            .getMessage());
  }

  @Test
  void aConstructorChecksByTheSameBounds() {
    assertEquals(
        "--quality must be 1 to 100, was 0",
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    new All(
                        NAMED,
                        List.of(),
                        List.of(),
                        Set.of(),
                        0.5,
                        OptionalInt.empty(),
                        OptionalLong.empty(),
                        OptionalDouble.empty(),
                        Optional.empty(),
                        false,
                        Optional.empty(),
                        List.of(50, 0),
                        1))
            .getMessage());
  }

  @Test
  void anOptionalGroupIsThereWithTheOptionThatItNeeds() {
    assertEquals(
        Optional.of(new Teacher("vgg", 3, 30)),
        read(Map.of("--teacher", List.of("vgg"), "--heat", List.of(3.0))).teacher());
    assertEquals(
        "--views goes with --teacher WHO; give that, or leave it out",
        assertThrows(IllegalArgumentException.class, () -> read(Map.of("--views", List.of(3))))
            .getMessage());
  }

  @Test
  void namesOfAllAndOfThoseThatAreNeeded() {
    assertEquals(
        List.of("--name", "FILES"),
        Options.of(All.class).needed().stream().map(OptionValue::name).toList());
    assertEquals(
        List.of("--name", "--speed", "FILES", "--colour"),
        Options.of(All.class).values().stream().map(OptionValue::name).limit(4).toList());
  }

  @Test
  void aGroupMayBeDeclaredOtherwiseWhereItIsAPart() {
    Options<Changed> options = Options.of(Changed.class);
    assertEquals(
        List.of("--name", "--hidden"), options.values().stream().map(OptionValue::name).toList());
    assertEquals(
        new Changed(new Inner("a", 7, Optional.of("b"))),
        options.read(value -> List.of(value.name().equals("--name") ? "a" : "b")));
  }

  @Test
  void whatAJavaProgramMustGive() {
    assertThrows(
        IllegalArgumentException.class,
        () -> Options.of(Changed.class).defaults(NAMED, "too much"));
    assertThrows(IllegalArgumentException.class, () -> Options.of(Changed.class).defaults());
  }
}
