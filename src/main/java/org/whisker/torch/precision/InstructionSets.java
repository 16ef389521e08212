package org.whisker.torch.precision;

import ai.djl.pytorch.jni.LibUtils;
import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.whisker.torch.NativeCache;
import org.whisker.torch.precision.PrecisionChoice.Processor;
import org.whisker.value.Text;

/**
 * The instructions that libtorch and the libraries in it compute with: two reports whose numbers
 * differ in their last digits are told apart by them.
 *
 * @param pytorch what PyTorch says that its own loops use, such as {@code AVX512}; {@code unknown}
 *     where it can't be asked
 * @param oneDnn the most that oneDNN may use, which can't be asked: by the processor's flags and by
 *     {@code ONEDNN_MAX_CPU_ISA}
 * @param mkl the variables by which MKL was told; empty where it chooses by the processor
 */
public record InstructionSets(String pytorch, String oneDnn, String mkl) {
  /** std::string at::get_cpu_capability(). */
  private static final String ASKED = "_ZN2at18get_cpu_capabilityB5cxx11Ev";

  /** Of libstdc++: a pointer to the characters, their number, and room for a few. */
  private static final int STRING = 32;

  private static final String MOST = "ONEDNN_MAX_CPU_ISA";

  /** From few to many, each with the flags that it needs beside those of the one before. */
  private static final Map<String, Set<String>> ONE_DNN = levels();

  private static Map<String, Set<String>> levels() {
    Map<String, Set<String>> levels = new LinkedHashMap<>();
    levels.put("SSE41", Set.of("sse4_1"));
    levels.put("AVX", Set.of("avx"));
    levels.put("AVX2", Set.of("avx2", "fma"));
    levels.put("AVX512_CORE", Set.of("avx512f", "avx512bw", "avx512dq", "avx512vl"));
    levels.put("AVX512_CORE_VNNI", Set.of("avx512_vnni"));
    levels.put("AVX512_CORE_BF16", Set.of("avx512_bf16"));
    levels.put("AVX512_CORE_AMX", Set.of("amx_tile", "amx_int8", "amx_bf16"));
    return levels;
  }

  /** Those of this process; loads the engine. */
  public static InstructionSets here() {
    NativeCache.load();
    return of(asked(), Processor.here(), System.getenv());
  }

  static InstructionSets of(String pytorch, Processor processor, Map<String, String> variables) {
    return new InstructionSets(pytorch, oneDnn(processor, variables), mkl(variables));
  }

  private static String asked() {
    boolean known = System.getProperty("os.name").equals("Linux");
    if (!known || !System.getProperty("os.arch").equals("amd64")) {
      return "unknown";
    }
    try (Memory text = new Memory(STRING)) {
      String library = Path.of(LibUtils.getLibtorchPath(), "libtorch_cpu.so").toString();
      NativeLibrary.getInstance(library).getFunction(ASKED).invokeVoid(new Object[] {text});
      Pointer first = text.getPointer(0);
      return new String(
          first.getByteArray(0, (int) text.getLong(Long.BYTES)), StandardCharsets.US_ASCII);
    } catch (LinkageError e) {
      return "unknown"; // another build of libtorch
    }
  }

  private static String oneDnn(Processor processor, Map<String, String> variables) {
    String found = "none that is known";
    String most = variables.getOrDefault(MOST, "").toUpperCase(Locale.ROOT);
    for (Map.Entry<String, Set<String>> level : ONE_DNN.entrySet()) {
      if (!processor.instructions().containsAll(level.getValue())) {
        break;
      }
      found = level.getKey();
      if (found.equals(most)) {
        return found + " (" + MOST + ")";
      }
    }
    return found;
  }

  private static String mkl(Map<String, String> variables) {
    List<String> told =
        Stream.of("MKL_CBWR", "MKL_ENABLE_INSTRUCTIONS")
            .flatMap(
                name -> Optional.ofNullable(variables.get(name)).map(v -> name + "=" + v).stream())
            .toList();
    return String.join(", ", told);
  }

  /** In words. */
  public String label() {
    return Text.of("PyTorch %s; oneDNN at most %s; MKL %s", pytorch, oneDnn, told());
  }

  /** As a manifest has them. */
  public Map<String, String> entries() {
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("pytorch", pytorch);
    entries.put("onednn_at_most", oneDnn);
    entries.put("mkl", told());
    return entries;
  }

  private String told() {
    return mkl.isEmpty() ? "by the processor" : mkl;
  }
}
