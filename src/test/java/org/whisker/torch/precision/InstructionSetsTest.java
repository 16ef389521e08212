package org.whisker.torch.precision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.whisker.torch.precision.PrecisionChoice.Processor;

class InstructionSetsTest {
  private static final Set<String> BF16 =
      Set.of(
          "sse4_1",
          "avx",
          "avx2",
          "fma",
          "avx512f",
          "avx512bw",
          "avx512dq",
          "avx512vl",
          "avx512_vnni",
          "avx512_bf16");

  private static InstructionSets of(Set<String> flags, Map<String, String> variables) {
    return InstructionSets.of("AVX512", new Processor(Optional.empty(), "any", flags), variables);
  }

  @Test
  void ofOneDnnTheMostThatFlagsAndVariableAllow() {
    assertEquals("AVX512_CORE_BF16", of(BF16, Map.of()).oneDnn());
    assertEquals("AVX", of(Set.of("sse4_1", "avx"), Map.of()).oneDnn());
    assertEquals("none that is known", of(Set.of("asimd"), Map.of()).oneDnn());
    assertEquals(
        "AVX2 (ONEDNN_MAX_CPU_ISA)", of(BF16, Map.of("ONEDNN_MAX_CPU_ISA", "avx2")).oneDnn());
    assertEquals(
        "AVX512_CORE_BF16",
        of(BF16, Map.of("ONEDNN_MAX_CPU_ISA", "AVX512_CORE_AMX")).oneDnn(),
        "more than there is");
  }

  @Test
  void ofMklWhatItWasTold() {
    assertEquals("by the processor", of(BF16, Map.of()).entries().get("mkl"));
    assertEquals(
        "MKL_CBWR=COMPATIBLE", of(BF16, Map.of("MKL_CBWR", "COMPATIBLE")).entries().get("mkl"));
  }

  @Test
  void pytorchSaysWhatItUses() {
    String said = InstructionSets.here().pytorch();
    assertTrue(said.matches("[A-Z0-9 ]+|unknown"), said);
    String told = System.getenv("ATEN_CPU_CAPABILITY");
    if (told != null && !said.equals("unknown")) {
      assertEquals(told.toUpperCase(Locale.ROOT), said);
    }
  }
}
