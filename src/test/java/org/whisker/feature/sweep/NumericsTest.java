package org.whisker.feature.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.cli.Folders;
import org.whisker.cli.TinyModels;
import org.whisker.job.DeviceConfig;
import org.whisker.job.InvalidRequestException;
import org.whisker.torch.Precision;

class NumericsTest {
  /** A processor without AVX, and one that has all that this one has. */
  private static final List<Map<String, String>> PROCESSORS =
      List.of(
          Map.of(
              "ATEN_CPU_CAPABILITY", "default",
              "ONEDNN_MAX_CPU_ISA", "SSE41",
              "OMP_NUM_THREADS", "1"),
          Map.of(
              "ATEN_CPU_CAPABILITY", "avx512",
              "ONEDNN_MAX_CPU_ISA", "DEFAULT",
              "OMP_NUM_THREADS", "2"));

  private static final DeviceConfig CPU = new DeviceConfig("cpu", Precision.FLOAT32);
  private static final Numerics PORTABLE = new Numerics(Numerics.Mode.PORTABLE, CPU);

  @TempDir Path home;

  /** The results that a process comes to which finds itself on such a processor. */
  private Map<Path, String> results(String numerics, Map<String, String> processor)
      throws IOException, InterruptedException {
    Path spec = home.resolve("spec.yaml");
    Files.writeString(
        spec,
        """
        models: [tiny]
        seeds: {count: 2}
        tasks:
          - {command: evolve, options: {generations: 8, population: 16}}
        """);
    Path sweep = Files.createTempDirectory(home, "sweep").resolve("s");
    SweepProcess.here(home, "plan", spec.toString(), "--numerics=" + numerics, "--out=" + sweep);
    SweepProcess.run(home, processor, "work", sweep.toString());
    Map<Path, String> results = new TreeMap<>();
    for (Path file : Folders.files(sweep.resolve("results"))) {
      results.put(file, Files.readString(sweep.resolve("results").resolve(file)));
    }
    assertEquals(2, results.size());
    return results;
  }

  @Test
  void portableResultsAreTheSameUnderTwoInstructionSets() throws Exception {
    TinyModels.save(home, "tiny");
    Map<Path, String> old = results("portable", PROCESSORS.get(0));
    assertEquals(old, results("portable", PROCESSORS.get(1)));
    Map<Path, String> without = results("native", PROCESSORS.get(0));
    assertNotEquals(old.keySet(), without.keySet()); // other keys
    // where both sets come to the same anyway, the first comparison says nothing
    assumeTrue(!without.equals(results("native", PROCESSORS.get(1))));
  }

  /**
   * With MKL's code for any processor, this network's logits depend on how many pictures are scored
   * at once; what a run comes to must not depend on which runs a worker did beside it.
   */
  @Test
  void portableResultsDoNotDependOnWhichRunsAreDoneTogether() throws Exception {
    Folders.copy(Path.of("models/vgg16-mini"), home.resolve("models/vgg16-mini"));
    Path spec = home.resolve("spec.yaml");
    Files.writeString(
        spec,
        """
        models: [vgg16-mini]
        seeds: {count: 2}
        numerics: portable
        tasks:
          - {command: ablate, experiments: [founders], options: {max-evaluations: 40}}
        """);
    Path whole = home.resolve("whole");
    SweepProcess.here(home, "plan", spec.toString(), "--out=" + whole);
    Path parts = home.resolve("parts");
    Folders.copy(whole, parts);
    // so that no worker starts another that has them
    Map<String, String> asItShouldBe = PORTABLE.environment();
    SweepProcess.run(home, asItShouldBe, "work", whole.toString());
    for (int shard = 1; shard <= 2; shard++) {
      SweepProcess.run(home, asItShouldBe, "work", parts.toString(), "--shard=" + shard + "/2");
    }
    for (Path file : Folders.files(whole.resolve("results"))) {
      assertEquals(
          Files.readString(whole.resolve("results").resolve(file)),
          Files.readString(parts.resolve("results").resolve(file)));
    }
  }

  @Test
  void numericsHoldWhereEveryVariableIsAsItShouldBe() {
    Map<String, String> variables = new HashMap<>(PORTABLE.environment());
    assertTrue(PORTABLE.holdIn(variables));
    for (String name : PORTABLE.environment().keySet()) {
      Map<String, String> without = new HashMap<>(variables);
      without.remove(name);
      assertFalse(PORTABLE.holdIn(without), name);
    }
    Numerics anyhow = new Numerics(Numerics.Mode.NATIVE, CPU);
    assertTrue(anyhow.holdIn(Map.of()));
    assertNotEquals(anyhow.label("e 1"), PORTABLE.label("e 1"));
    assertNotEquals(PORTABLE.label("e 1"), PORTABLE.label("e 2"));
    for (DeviceConfig other :
        List.of(
            new DeviceConfig("gpu", Precision.FLOAT32),
            new DeviceConfig("cpu", Precision.BFLOAT16))) {
      assertThrows(
          InvalidRequestException.class, () -> new Numerics(Numerics.Mode.PORTABLE, other));
      assertNotEquals(anyhow.label("e 1"), new Numerics(Numerics.Mode.NATIVE, other).label("e 1"));
    }
  }
}
