package org.whisker.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.whisker.weights.Safetensors;

/**
 * The files below a folder, by their paths. Locks are left out, which stay and hold nothing; and
 * what workers of a sweep were writing when they were killed: no other can know that they are not
 * alive on another machine.
 */
record Tree(Map<String, byte[]> files) {
  private static final JsonMapper MAPPER = new JsonMapper();

  static Tree of(Path root) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        if (!isOfProcess(path)) {
          files.put(root.relativize(path).toString(), Files.readAllBytes(path));
        }
      }
    }
    return new Tree(files);
  }

  private static boolean isOfProcess(Path file) {
    String name = file.getFileName().toString();
    boolean unlinked = name.endsWith(".partial") && file.toString().contains("/sweep/results/");
    return name.equals(".lock") || unlinked;
  }

  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : paths.toList()) {
        Path target = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          Files.copy(path, target);
        }
      }
    }
  }

  /** Removes a folder and all in it, or nothing where there is none. */
  static void delete(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  long bytes() {
    return files.values().stream().mapToLong(bytes -> bytes.length).sum();
  }

  /** What is not as in another tree: a line a file. What {@code times} names may differ. */
  List<String> differences(Tree expected, Times times) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String file : expected.files.keySet()) {
      if (!files.containsKey(file)) {
        lines.add(file + " is missing");
      } else if (!times.same(file, files.get(file), expected.files.get(file))) {
        lines.add(file + " has other content");
      }
    }
    files.keySet().stream()
        .filter(file -> !expected.files.containsKey(file))
        .forEach(file -> lines.add(file + " is left over"));
    return lines;
  }

  /** Files under a final name that are not whole: a line each. */
  List<String> halves(Tree expected) {
    List<String> lines = new ArrayList<>();
    files.forEach(
        (file, bytes) -> {
          boolean done = Arrays.equals(bytes, expected.files.get(file));
          if (!done && isFinal(file) && !isWhole(file, bytes)) {
            lines.add(file + " is not whole (" + bytes.length + " bytes)");
          }
        });
    return lines;
  }

  private static boolean isFinal(String file) {
    String name = Path.of(file).getFileName().toString();
    return !name.startsWith(".") && !name.contains(".partial");
  }

  private static boolean isWhole(String file, byte[] bytes) {
    String suffix = file.substring(file.lastIndexOf('.') + 1);
    try {
      return switch (suffix) {
        case "json" -> MAPPER.readTree(bytes).isContainerNode();
        case "csv", "svg", "html", "jsonl" -> bytes.length > 0 && bytes[bytes.length - 1] == '\n';
        case "png", "gif" -> ImageIO.read(new ByteArrayInputStream(bytes)) != null;
        case "safetensors" -> isSafetensors(bytes);
        default -> bytes.length > 0;
      };
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  private static boolean isSafetensors(byte[] bytes) throws IOException {
    Path file = Files.createTempFile("whole", ".safetensors");
    try {
      Safetensors.open(Files.write(file, bytes)).names();
      return true;
    } finally {
      Files.delete(file);
    }
  }

  static JsonNode json(byte[] bytes) throws IOException {
    return MAPPER.readTree(bytes);
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
