package org.whisker.torch.precision;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.whisker.torch.TorchDevice;
import org.whisker.torch.precision.PrecisionChoice.FastBfloat16;
import org.whisker.torch.precision.PrecisionChoice.Processor;

class FastBfloat16Test {
  @TempDir Path root = Path.of("");

  private Processor processor(String cpuinfo) throws IOException {
    Path file = root.resolve("proc/cpuinfo");
    Files.createDirectories(file.getParent());
    Files.writeString(file, cpuinfo);
    return Processor.of(root);
  }

  @ParameterizedTest
  @CsvSource({
    "GenuineIntel, avx2 avx512f avx512_bf16 amx_bf16 amx_tile, true",
    "GenuineIntel, avx2 avx512f avx512_bf16, false",
    "GenuineIntel, avx2 avx512f avx512bw, false",
    "AuthenticAMD, avx2 avx512f avx512_bf16, true",
    "AuthenticAMD, avx2 avx512f avx512bw, false",
    "AuthenticAMD, avx2, false"
  })
  void whatAProcessorOfX86Has(String vendor, String flags, boolean faster) throws IOException {
    Processor here =
        processor(
            "processor\t: 0\nvendor_id\t: %s\nmodel name\t: A Chip\nflags\t\t: fpu %s\n\nprocessor\t: 1\n"
                .formatted(vendor, flags));
    assertEquals(Optional.of("A Chip"), here.name());
    assertEquals(faster, FastBfloat16.of(here).available());
  }

  @Test
  void theReasonNamesWhatWasFound() throws IOException {
    assertEquals(
        new FastBfloat16(true, "the processor has amx_bf16"),
        FastBfloat16.of(processor("vendor_id\t: GenuineIntel\nflags\t\t: amx_bf16 avx512_bf16\n")));
    assertEquals(
        "the processor has neither amx_bf16 nor avx512_bf16",
        FastBfloat16.of(processor("Features\t: fp asimd bf16\n")).reason());
    assertEquals(
        "the instructions of the processor are not known here",
        FastBfloat16.of(Processor.of(root.resolve("windows"))).reason());
    assertEquals(Set.of(), Processor.of(root.resolve("windows")).instructions());
  }

  @Test
  void tensorCoresHaveItFromAmpereOn() {
    assertEquals(
        new FastBfloat16(false, "the GPU has compute capability 7.5, and bfloat16 begins at 8.0"),
        FastBfloat16.ofCapability(75));
    assertEquals(
        new FastBfloat16(true, "the GPU has compute capability 8.0"),
        FastBfloat16.ofCapability(80));
    assertEquals("the GPU has compute capability 12.0", FastBfloat16.ofCapability(120).reason());
  }

  @Test
  void aDeviceIsTheSameEachTime() {
    FastBfloat16 first = FastBfloat16.on(TorchDevice.cpu());
    for (int i = 0; i < 10; i++) {
      assertEquals(first, FastBfloat16.on(TorchDevice.cpu()));
    }
    assertEquals(FastBfloat16.of(Processor.here()), first);
  }
}
