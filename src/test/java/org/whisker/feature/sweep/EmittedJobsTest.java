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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.whisker.feature.sweep.SweepEmitCommand.Chunks;
import org.whisker.feature.sweep.SweepEmitCommand.Resources;
import org.whisker.feature.sweep.SweepEmitCommand.SparkSubmitScript;
import org.whisker.job.DeviceConfig;
import org.whisker.job.InvalidRequestException;
import org.whisker.torch.Precision;

class EmittedJobsTest {
  private static final Numerics PORTABLE =
      new Numerics(Numerics.Mode.PORTABLE, new DeviceConfig("cpu", Precision.FLOAT32));
  private static final Numerics GPU =
      new Numerics(Numerics.Mode.NATIVE, new DeviceConfig("gpu", Precision.FLOAT32));
  private static final Chunks CHUNKS = new Chunks(7, 1_200);

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "60, 100, 1000, 1", // a minute is one job
    "6000, 100, 1000, 10", // of ten minutes
    "6000, 3, 1000, 3", // no more than tasks
    "6e8, 1000000, 1000, 1000",
    "6599, 100, 1000, 10"
  })
  void jobsTakeAtLeastTenMinutes(double seconds, long tasks, int most, int count) {
    Chunks chunks = Chunks.of(seconds, tasks, most);
    assertEquals(count, chunks.count());
    assertEquals(seconds, chunks.count() * chunks.seconds(), 1e-6 * seconds);
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

  private List<String> output(Map<String, String> variables, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(variables);
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), text);
    return text.lines().toList();
  }

  @Test
  void theSparkScriptSubmitsTheSweepWithWhatElseItIsGiven() throws Exception {
    Files.move(stub().resolve("whisker"), folder.resolve("bin/spark-submit"));
    String script =
        SparkSubmitScript.of(
            Path.of("/data/it's a sweep"),
            "/opt/whisker-spark.jar",
            folder,
            GPU,
            new Resources(4, 5_001));
    Path file = Files.writeString(folder.resolve("spark.sh"), script);
    List<String> words =
        output(Map.of("SPARK_HOME", folder.toString()), "sh", file.toString(), "--master", "yarn");
    assertEquals(List.of("--class", "org.whisker.cli.Main"), words.subList(0, 2));
    for (String each :
        List.of(
            "spark.executor.cores=4",
            "spark.task.cpus=4",
            "spark.executor.memory=2500m",
            "spark.executor.memoryOverhead=2501m",
            "spark.task.resource.gpu.amount=1")) {
      assertTrue(words.contains(each), each + " in " + words);
    }
    int master = words.indexOf("--master");
    assertEquals(
        List.of(
            "--master",
            "yarn",
            "/opt/whisker-spark.jar",
            "sweep",
            "run",
            "/data/it's a sweep",
            "--quiet"),
        words.subList(master, master + 7));
    String each = SparkSubmitScript.of(folder, "w.jar", folder, PORTABLE, new Resources(4, 4_096));
    assertTrue(each.contains("spark.task.cpus=1 "), each);
    assertFalse(each.contains("gpu"), each);
  }

  @Test
  void theSlurmScriptWorksOnAShardByTheNumberOfItsJob() throws Exception {
    Path sweep = Path.of("/data/it's a sweep");
    String whisker = stub().resolve("whisker").toString();
    String script = SlurmScript.of(sweep, whisker, PORTABLE, CHUNKS, new Resources(1, 3072));
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
    assertTrue(
        SlurmScript.of(sweep, whisker, GPU, CHUNKS, new Resources(4, 3072))
            .contains("#SBATCH --gres=gpu:1\n"));
  }

  @Test
  void theJobWorksOnAShardByItsIndex() throws Exception {
    KubernetesJob job = new KubernetesJob("whisker-q", "registry.example/whisker:1", "data", "a/q");
    String text = job.manifest(PORTABLE, CHUNKS, new Resources(1, 3072), 10);
    JsonNode tree = new YAMLMapper().readTree(text);
    assertEquals("batch/v1", tree.at("/apiVersion").asText());
    JsonNode spec = tree.path("spec");
    assertEquals("Indexed", spec.path("completionMode").asText());
    assertEquals(7, spec.path("completions").asInt());
    assertEquals(7, spec.path("parallelism").asInt());
    assertTrue(spec.path("backoffLimitPerIndex").asInt() > 0);
    JsonNode never = spec.at("/podFailurePolicy/rules/0");
    assertEquals("FailIndex", never.path("action").asText());
    assertEquals(2, never.at("/onExitCodes/values/0").asInt());
    JsonNode container = spec.at("/template/spec/containers/0");
    assertEquals("3072Mi", container.at("/resources/limits/memory").asText());
    assertTrue(container.at("/env/1/value").isTextual());
    String path = stub() + ":" + System.getenv("PATH");
    assertEquals(
        List.of("sweep", "work", "/whisker/a/q", "--quiet", "--shard", "3/7"),
        output(
                Map.of("PATH", path, "JOB_COMPLETION_INDEX", "2"),
                "sh",
                "-c",
                container.at("/args/0").asText())
            .subList(0, 6));
    JsonNode gpu = new YAMLMapper().readTree(job.manifest(GPU, CHUNKS, new Resources(4, 3072), 2));
    assertEquals(
        "1", gpu.at("/spec/template/spec/containers/0/resources/limits/nvidia.com~1gpu").asText());
    assertEquals(2, gpu.at("/spec/parallelism").asInt());
  }

  @ParameterizedTest
  @CsvSource({"Whisker,i,p", "whisker,' ',p", "whisker,i,a b", "-w,i,p"})
  void whatKubernetesWouldRefuseIsRefused(String name, String image, String path) {
    assertThrows(
        InvalidRequestException.class, () -> new KubernetesJob(name, image, "claim", path));
  }
}
