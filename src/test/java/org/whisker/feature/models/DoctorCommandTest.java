package org.whisker.feature.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.cli.TinyModels;
import org.whisker.command.TestEnvironment;
import org.whisker.feature.models.DoctorCommand.GpuAdvice;
import org.whisker.torch.EngineReport;
import org.whisker.torch.TorchDevice;
import org.whisker.torch.precision.PrecisionChoice.FastBfloat16;

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
  void namesThePrecisionOfSearchesAndWhy() throws IOException {
    TinyModels.save(folder, "good");
    TestEnvironment test = new TestEnvironment(folder);
    assertEquals(
        0,
        test.run(e -> new DoctorCommand(e, new HostInfo(folder)), "doctor", "--device=cpu"),
        test.err());
    assertTrue(test.out().contains("precision   good: searching in "), test.out());
    FastBfloat16 cpu = FastBfloat16.on(TorchDevice.cpu());
    assertTrue(test.out().contains(cpu.reason()), test.out());
    TestEnvironment quick = new TestEnvironment(folder);
    assertEquals(0, doctor(quick), quick.err());
    String line =
        "precision   %s: %s\n".formatted(cpu.available() ? "bfloat16" : "float32", cpu.reason());
    assertTrue(quick.out().contains(line), quick.out());
    assertTrue(test.out().contains("GPUs shown  none\n"), test.out());
  }

  private static EngineReport cuda(String... gpus) {
    return new EngineReport("PyTorch 2.7.1", "cu128", "/lib", true, List.of(gpus));
  }

  private GpuAdvice advice(String... variables) {
    Map<String, String> environment = new HashMap<>();
    for (int i = 0; i < variables.length; i += 2) {
      environment.put(variables[i], variables[i + 1]);
    }
    return new GpuAdvice(new HostInfo(folder), environment);
  }

  private void gpu(String driver) throws IOException {
    write("proc/driver/nvidia/gpus/0000:01:00.0/information", "Model: \t\t NVIDIA X\n");
    write(
        "proc/driver/nvidia/version",
        "NVRM version: NVIDIA UNIX x86_64 Kernel Module  " + driver + "  Tue\nGCC version: 12\n");
  }

  private void loaded(String expected, EngineReport engine) {
    String line = advice().loaded(engine).orElseThrow();
    assertTrue(line.contains(expected), line);
  }

  @Test
  void nothingIsToBeDoneWithoutACardOrWithOneThatIsUsed() throws IOException {
    assertEquals(Optional.empty(), advice().loaded(CPU));
    gpu("550.54.14");
    assertEquals(Optional.empty(), advice().loaded(cuda("gpu:0, 80 GiB")));
  }

  @Test
  void aCardWithoutADriver() throws IOException {
    write("sys/bus/pci/devices/0000:01:00.0/vendor", "0x10de\n");
    write("sys/bus/pci/devices/0000:01:00.0/class", "0x040300\n");
    assertEquals(Optional.empty(), advice().loaded(CPU), "its sound");
    write("sys/bus/pci/devices/0000:01:00.1/vendor", "0x10de\n");
    write("sys/bus/pci/devices/0000:01:00.1/class", "0x030000\n");
    loaded("no driver for it is loaded", CPU);
    loaded("no driver for it is loaded", cuda());
  }

  @Test
  void aDriverTooOldForTheCudaOfTheBuild() throws IOException {
    gpu("470.256.02");
    loaded("version 470, too old for CUDA 12", cuda());
    loaded("version 470, too old for CUDA 12", CPU);
  }

  @Test
  void theBuildForTheCpuBesideAGpu() throws IOException {
    gpu("550.54.14");
    loaded("WHISKER_GPU=1", CPU);
  }

  @Test
  void theBuildForCudaThatSeesNone() throws IOException {
    loaded("no /dev/nvidia0", cuda());
    write("dev/nvidia0", "");
    loaded("LD_LIBRARY_PATH", cuda());
  }

  @Test
  void nativesThatAreNotThereOrOfAnotherFlavour() throws IOException {
    String no = "libtorch cannot be loaded: no such host";
    assertTrue(advice().broken(no).startsWith(no + "; delete ~/.djl.ai/pytorch"));
    assertTrue(advice("WHISKER_GPU", "1").broken(no).contains("reach publish.djl.ai"));
    assertTrue(
        advice("WHISKER_GPU", "1", "PYTORCH_FLAVOR", "cu118")
            .broken(no)
            .contains("PYTORCH_FLAVOR=cu118 is a build that DJL has no library for"));
    String lib = folder.resolve("lib").toString();
    GpuAdvice own = advice("PYTORCH_LIBRARY_PATH", lib);
    assertTrue(own.broken(no).contains(lib + ", which holds no libtorch"), own.broken(no));
    write("lib/libtorch.so", "");
    assertTrue(own.broken(no).contains("delete ~/.djl.ai/pytorch"), own.broken(no));
  }
}
