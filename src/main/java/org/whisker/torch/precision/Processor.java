package org.whisker.torch.precision;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Linux says of the processor, in {@code /proc/cpuinfo}; other systems say nothing there.
 *
 * @param name its maker's, empty if unknown
 * @param vendor such as {@code GenuineIntel}, empty if unknown
 * @param instructions the sets that it has, such as {@code amx_bf16}; empty if unknown
 */
public record Processor(Optional<String> name, String vendor, Set<String> instructions) {
  public Processor {
    instructions = Set.copyOf(instructions);
  }

  /** The processor of this machine. */
  public static Processor here() {
    return of(Path.of("/"));
  }

  /**
   * The processor of a system.
   *
   * @param root where {@code proc} lies
   */
  public static Processor of(Path root) {
    String text = text(root.resolve("proc/cpuinfo"));
    Set<String> instructions = new LinkedHashSet<>();
    first(text, "flags|Features")
        .ifPresent(flags -> instructions.addAll(List.of(flags.split(" ", -1))));
    return new Processor(
        first(text, "model name"), first(text, "vendor_id").orElse(""), instructions);
  }

  private static Optional<String> first(String text, String key) {
    Matcher line = Pattern.compile("(?m)^(?:" + key + ")\\s*: (.*)$").matcher(text);
    return line.find() ? Optional.of(line.group(1).strip()) : Optional.empty();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return ""; // another system
    }
  }
}
