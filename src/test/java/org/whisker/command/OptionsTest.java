package org.whisker.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.job.DeviceConfig;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext.WhiskerHome;
import org.whisker.job.ModelConfig;
import org.whisker.job.SharedOptions;
import org.whisker.option.Option;
import org.whisker.option.Seed;
import picocli.CommandLine;

class OptionsTest {
  @TempDir Path temp;

  private static <T> T parse(T options, String... args) {
    new CommandLine(
            CommandLine.Model.CommandSpec.create()
                .addMixin("options", CommandLine.Model.CommandSpec.forAnnotatedObject(options)))
        .parseArgs(args);
    return options;
  }

  /** How often, how long, and from which seed. */
  record Runs(
      @Option(names = "--runs", label = "N", defaultValue = "6", min = 1, help = SharedOptions.RUNS)
          int runs,
      @Option(
              names = "--generations",
              label = "N",
              defaultValue = "300",
              min = 1,
              help = SharedOptions.GENERATIONS)
          int generations,
      @Seed long seed) {}

  private static <C extends Record> C asked(Class<C> type, String... args) {
    return RecordOptions.of(type).asked("try", List.of(args), List.of());
  }

  @Test
  void runOptionsHoldWhatIsGivenOrFallBack() {
    Runs none = asked(Runs.class);
    assertEquals(6, none.runs());
    assertEquals(300, none.generations());
    assertEquals(1, none.seed());
    assertEquals(Optional.empty(), parse(new NewFolder()).asked());
    Runs some = asked(Runs.class, "--runs=2", "--generations=9", "--seed=-5");
    assertEquals(2, some.runs());
    assertEquals(9, some.generations());
    assertEquals(-5, some.seed());
    assertEquals(Optional.of(Path.of("there")), parse(new NewFolder(), "--out=there").asked());
  }

  @Test
  void runOptionsRefuseWhatCannotBe() {
    assertEquals(
        "--runs must be at least 1, was 0",
        assertThrows(InvalidRequestException.class, () -> asked(Runs.class, "--runs=0"))
            .getMessage());
    assertEquals(
        "--generations must be at least 1, was -1",
        assertThrows(InvalidRequestException.class, () -> asked(Runs.class, "--generations=-1"))
            .getMessage());
  }

  /** What a constructor refuses without a word of options. */
  record Between(
      @Option(names = "--least", label = "N", defaultValue = "1", help = "The least.") int least,
      @Option(names = "--most", label = "N", defaultValue = "9", help = "The most.") int most,
      @Seed long seed) {
    Between {
      if (least > most) {
        throw new IllegalArgumentException("nothing lies between " + least + " and " + most);
      }
    }
  }

  @Test
  void aRefusedValueNamesItsOption() {
    assertEquals(
        "--least 12: nothing lies between 12 and 9",
        refused(() -> asked(Between.class, "--seed=3", "--least=12")));
    assertEquals(
        "--most -1: nothing lies between 1 and -1",
        refused(() -> asked(Between.class, "--most=-1")));
  }

  private static String refused(Executable asked) {
    return String.valueOf(assertThrows(InvalidRequestException.class, asked).getMessage());
  }

  @Test
  void devices() {
    assertEquals("auto", asked(DeviceConfig.class).device());
    for (String device : List.of("auto", "cpu", "gpu", "gpu:3")) {
      assertEquals(device, asked(DeviceConfig.class, "--device", device).device());
    }
    for (String device : List.of("tpu", "gpu:", "gpu:x", "CPU")) {
      String message = refused(() -> asked(DeviceConfig.class, "--device", device));
      assertTrue(message.contains("'" + device + "'"), message);
    }
  }

  @Test
  void quietAndVerbose() {
    assertFalse(parse(new CommonOptions()).quiet());
    assertFalse(parse(new CommonOptions()).verbose());
    CommonOptions both = parse(new CommonOptions(), "--quiet", "--verbose");
    assertTrue(both.quiet());
    assertTrue(both.verbose());
  }

  @Test
  void aModelThatIsNotThereIsFileTroubleAndAnImpossibleNameWrongUsage() throws IOException {
    WhiskerHome home = new WhiskerHome(temp);
    ModelConfig missing = asked(ModelConfig.class, "--model", "b");
    assertEquals("b", missing.name());
    String message = assertThrows(IOException.class, () -> missing.open(home)).toString();
    assertTrue(message.contains("no model at " + temp.resolve("models/b")), message);
    ModelConfig hidden = asked(ModelConfig.class, "--model=.b");
    assertTrue(
        assertThrows(InvalidRequestException.class, () -> hidden.open(home))
            .toString()
            .contains("'.b'"));
  }

  @Test
  void homeIsTheWorkingDirectoryUnlessNamed() {
    assertEquals(Path.of("models"), WhiskerHome.of(null).models());
    assertEquals(Path.of("there/analyses"), WhiskerHome.of("there").analyses());
    assertEquals(Path.of("there/reports"), WhiskerHome.of("there").reports());
  }

  @Test
  void anOptionsRecordThatRefusesIsWrongUsage() {
    InvalidRequestException e =
        assertThrows(
            InvalidRequestException.class,
            () ->
                InvalidRequestException.check(
                    () -> {
                      throw new IllegalArgumentException("lambda must be at least 0, was -1");
                    }));
    assertEquals("lambda must be at least 0, was -1", e.getMessage());
    assertEquals("fine", InvalidRequestException.check(() -> "fine"));
  }
}
