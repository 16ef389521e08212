package org.whisker.feature.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.whisker.job.DeviceConfig;
import org.whisker.job.InvalidRequestException;
import org.whisker.torch.Precision;

class SweepEmitTest {
  private static final Numerics PORTABLE =
      new Numerics(Numerics.Mode.PORTABLE, new DeviceConfig("cpu", Precision.FLOAT32));
  private static final Numerics GPU =
      new Numerics(Numerics.Mode.NATIVE, new DeviceConfig("gpu", Precision.FLOAT32));

  @TempDir Path folder;

  private static SweepEmitCommand.Asked asked(Path sweep, String whisker, int cpus) {
    Optional<String> image = Optional.of("registry.example/whisker:1");
    return new SweepEmitCommand.Asked("", sweep, 1_000, cpus, 3_072, whisker, image, "data", 10);
  }

  @ParameterizedTest
  @CsvSource({
    "60, 100, 1000, 1", // a minute is one job
    "6000, 100, 1000, 10", // of ten minutes
    "6000, 3, 1000, 3", // no more than tasks
    "6e8, 1000000, 1000, 1000",
    "6599, 100, 1000, 10"
  })
  void jobsTakeAtLeastTenMinutes(double seconds, long tasks, int most, int count) {
    assertEquals(count, SweepEmitCommand.jobs(seconds, tasks, most));
  }

  /** Says what it was called with. */
  private Path stub() throws IOException {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Path stub = bin.resolve("whisker");
    Files.writeString(
        stub, "#!/bin/sh\nfor a in \"$@\"; do echo \"$a\"; done\necho \"$OMP_NUM_THREADS\"\n");
    assertTrue(stub.toFile().setExecutable(true));
    return bin;
  }

  private static List<String> output(Map<String, String> variables, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(variables);
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), text);
    return text.lines().toList();
  }

  @Test
  void theSlurmScriptWorksOnAShardByTheNumberOfItsJob() throws Exception {
    Path sweep = Path.of("/data/it's a sweep");
    String whisker = stub().resolve("whisker").toString();
    String script = SweepEmitCommand.slurm(asked(sweep, whisker, 1), PORTABLE, 7, 1_200);
    Path file = Files.writeString(folder.resolve("slurm.sh"), script);
    assertEquals(
        List.of("sweep", "work", sweep.toString(), "--quiet", "--shard", "3/7", "1"),
        output(Map.of("SLURM_ARRAY_TASK_ID", "3", "OMP_NUM_THREADS", "9"), "sh", file.toString()));
    for (String line :
        List.of(
            "#SBATCH --array=1-7",
            "#SBATCH --time=55",
            "#SBATCH --mem=3072M",
            "export ATEN_CPU_CAPABILITY=avx2")) {
      assertTrue(script.lines().anyMatch(line::equals), line + "\n" + script);
    }
    // sbatch reads its options up to the first command
    List<String> lines = script.lines().toList();
    int last = lines.lastIndexOf("#SBATCH --requeue");
    assertTrue(lines.subList(0, last + 1).stream().allMatch(line -> line.startsWith("#")));
    assertFalse(script.contains("gres"));
    String gpu = SweepEmitCommand.slurm(asked(sweep, whisker, 4), GPU, 7, 1_200);
    assertTrue(gpu.contains("#SBATCH --gres=gpu:1\n"), gpu);
    assertTrue(gpu.contains("export OMP_NUM_THREADS=4\n"), gpu);
  }

  @Test
  void theJobWorksOnAShardByItsIndex() throws Exception {
    String text = SweepEmitCommand.kubernetes(asked(Path.of("/data/My_q"), "", 1), PORTABLE, 7);
    JsonNode tree = new YAMLMapper().readTree(text);
    assertEquals("batch/v1", tree.at("/apiVersion").asText());
    assertEquals("whisker-my-q", tree.at("/metadata/name").asText());
    JsonNode spec = tree.path("spec");
    assertEquals("Indexed", spec.path("completionMode").asText());
    assertEquals(7, spec.path("completions").asInt());
    assertEquals(7, spec.path("parallelism").asInt());
    assertTrue(spec.path("backoffLimitPerIndex").asInt() > 0);
    JsonNode never = spec.at("/podFailurePolicy/rules/0");
    assertEquals("FailIndex", never.path("action").asText());
    assertEquals(2, never.at("/onExitCodes/values/0").asInt());
    assertEquals(
        "data", spec.at("/template/spec/volumes/0/persistentVolumeClaim/claimName").asText());
    JsonNode container = spec.at("/template/spec/containers/0");
    assertEquals("registry.example/whisker:1", container.path("image").asText());
    assertEquals("3072Mi", container.at("/resources/limits/memory").asText());
    assertEquals(1 + PORTABLE.environment().size(), container.path("env").size());
    assertTrue(container.at("/env/5/value").isTextual(), text);
    String path = stub() + ":" + System.getenv("PATH");
    assertEquals(
        List.of("sweep", "work", "/whisker/My_q", "--quiet", "--shard", "3/7"),
        output(
                Map.of("PATH", path, "JOB_COMPLETION_INDEX", "2"),
                "sh",
                "-c",
                container.at("/args/0").asText())
            .subList(0, 6));
    JsonNode gpu =
        new YAMLMapper()
            .readTree(SweepEmitCommand.kubernetes(asked(Path.of("q"), "", 4), GPU, 7))
            .at("/spec/template/spec/containers/0");
    assertEquals(1, gpu.at("/resources/limits").path("nvidia.com/gpu").asInt());
    assertEquals("4", gpu.at("/env/1/value").asText());
  }

  @Test
  void aFolderThatNoPathCanNameIsRefused() {
    assertThrows(
        InvalidRequestException.class,
        () -> SweepEmitCommand.kubernetes(asked(Path.of("it's one"), "", 1), PORTABLE, 7));
  }
}
