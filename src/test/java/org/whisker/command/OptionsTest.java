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
import org.junit.jupiter.api.io.TempDir;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext.WhiskerHome;
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

  @Test
  void runOptionsHoldWhatIsGivenOrFallBack() {
    RunOptions none = parse(new RunOptions());
    assertEquals(6, none.runs(6));
    assertEquals(300, none.generations(300));
    assertEquals(1, none.seed());
    assertEquals(Optional.empty(), none.out());
    RunOptions some =
        parse(new RunOptions(), "--runs=2", "--generations=9", "--seed=-5", "--out=there");
    assertEquals(2, some.runs(6));
    assertEquals(9, some.generations(300));
    assertEquals(-5, some.seed());
    assertEquals(Optional.of(Path.of("there")), some.out());
  }

  @Test
  void runOptionsRefuseWhatCannotBe() {
    RunOptions options = parse(new RunOptions(), "--runs=0", "--generations=-1");
    assertEquals(
        "--runs must be at least 1, was 0",
        assertThrows(InvalidRequestException.class, () -> options.runs(1)).getMessage());
    assertEquals(
        "--generations must be at least 1, was -1",
        assertThrows(InvalidRequestException.class, () -> options.generations(1)).getMessage());
  }

  @Test
  void devices() {
    assertEquals("auto", parse(new DeviceOption()).device());
    for (String device : List.of("auto", "cpu", "gpu", "gpu:3")) {
      assertEquals(device, parse(new DeviceOption(), "--device", device).device());
    }
    for (String device : List.of("tpu", "gpu:", "gpu:x", "CPU")) {
      DeviceOption option = parse(new DeviceOption(), "--device", device);
      String message = assertThrows(InvalidRequestException.class, option::device).toString();
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
    ModelOption missing = parse(new ModelOption(), "--model", "b");
    assertEquals("b", missing.name());
    String message = assertThrows(IOException.class, () -> missing.open(home)).toString();
    assertTrue(message.contains("no model at " + temp.resolve("models/b")), message);
    ModelOption hidden = parse(new ModelOption(), "--model=.b");
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
