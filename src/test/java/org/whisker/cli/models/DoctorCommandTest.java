package org.whisker.cli.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.cli.TinyModels;
import org.whisker.cli.shared.TestEnvironment;
import org.whisker.study.bench.HostInfo;
import org.whisker.torch.EngineReport;

class DoctorCommandTest {
  private static final EngineReport CPU =
      new EngineReport("PyTorch 2.7.1", "cpu", "/lib", false, List.of());

  @TempDir Path folder;

  private void write(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Test
  void saysWhatThereIsAndWhatIsBroken() throws IOException {
    TinyModels.save(folder, "good");
    write("proc/meminfo", "MemTotal:       16777216 kB\nMemAvailable:    8388608 kB\n");
    write("proc/cpuinfo", "model name\t: A Chip\nflags\t\t: fpu avx2 amx_bf16\n");
    write("proc/driver/nvidia/gpus/0000:01:00.0/information", "Model: \t\t NVIDIA X\nIRQ: 1\n");
    TestEnvironment test = new TestEnvironment(folder);
    assertEquals(0, doctor(test), test.err());
    String out = test.out();
    assertTrue(out.contains("memory      16.0 GiB, 8.0 available\n"), out);
    assertTrue(out.contains("processor   A Chip (avx2, amx_bf16)\n"), out);
    assertTrue(out.contains("GPUs shown  NVIDIA X\n"), out);
    assertTrue(out.contains("engine      PyTorch "), out);
    assertTrue(out.contains("natives     cpu, "), out);
    assertTrue(out.contains("model       good: vgg16, 1x32x32\n"), out);
    assertTrue(
        out.contains("a GPU is there, and libtorch is the CPU build: start whisker with"), out);
    Files.writeString(folder.resolve("models/good/weights.safetensors"), "changed");
    assertEquals(1, doctor(test));
    assertTrue(test.out().contains("model       good: BROKEN\n"), test.out());
    assertTrue(test.out().contains("is not the file that model.json describes"), test.out());
  }

  private int doctor(TestEnvironment test) {
    return test.run(
        e -> new DoctorCommand(e, new HostInfo(folder)), "doctor", "--no-measure", "--quiet");
  }

  @Test
  void measuresThePrecision() throws IOException {
    TinyModels.save(folder, "good");
    TestEnvironment test = new TestEnvironment(folder);
    assertEquals(
        0, test.run(e -> new DoctorCommand(e, new HostInfo(folder)), "doctor"), test.err());
    assertTrue(test.out().contains("precision   searching in "), test.out());
    assertTrue(test.out().contains("GPUs shown  none\n"), test.out());
  }

  private static EngineReport cuda(String... gpus) {
    return new EngineReport("PyTorch 2.7.1", "cu128", "/lib", true, List.of(gpus));
  }

  @Test
  void advisesWhereAGpuIsNotUsed() {
    assertEquals(Optional.empty(), UnusedGpuHint.of(List.of(), CPU));
    assertEquals(Optional.empty(), UnusedGpuHint.of(List.of("X"), cuda("gpu:0, 80 GiB")));
    assertTrue(UnusedGpuHint.of(List.of("X"), CPU).orElseThrow().contains("WHISKER_GPU=1"));
    assertTrue(UnusedGpuHint.of(List.of("X"), cuda()).orElseThrow().contains("LD_LIBRARY_PATH"));
    assertTrue(UnusedGpuHint.of(List.of(), cuda()).orElseThrow().contains("no /dev/nvidia0"));
  }
}
