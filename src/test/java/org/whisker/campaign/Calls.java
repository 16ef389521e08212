package org.whisker.campaign;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A library that stands before libc in a process, counts its calls, and disturbs it at one.
 *
 * @param library made of {@code calls.c}
 */
record Calls(Path library) {
  /** The calls by which files come to the disk and to their names; as in {@code calls.c}. */
  static final List<String> NAMES =
      List.of(
          "write",
          "pwrite",
          "fsync",
          "fdatasync",
          "rename",
          "link",
          "ftruncate",
          "unlink",
          "mkdir",
          "rmdir");

  /** Compiles the library. */
  static Calls in(Path folder) throws IOException, InterruptedException {
    Path source = folder.resolve("calls.c");
    Path library = folder.resolve("calls.so");
    try (InputStream in = Calls.class.getResourceAsStream("/campaign/calls.c")) {
      Files.copy(Objects.requireNonNull(in), source);
    }
    List<String> words =
        List.of("cc", "-shared", "-fPIC", "-o", library.toString(), source.toString(), "-ldl");
    if (new ProcessBuilder(words).inheritIO().start().waitFor() != 0) {
      throw new IOException(source + " could not be compiled");
    }
    return new Calls(library);
  }

  /** Has the process that begins in this environment counted and disturbed. */
  void putInto(Map<String, String> environment, Path counts, Disturbance disturbance)
      throws IOException {
    Files.write(counts, new byte[Long.BYTES * NAMES.size()]);
    environment.put("LD_PRELOAD", library.toString());
    environment.put("WHISKER_CALLS", counts.toString());
    if (!disturbance.rule().isEmpty()) {
      environment.put("WHISKER_DISTURBS", disturbance.rule());
    }
  }

  /** How many of each call were made. */
  static Map<String, Integer> read(Path counts) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(counts)).order(ByteOrder.nativeOrder());
    Map<String, Integer> made = new HashMap<>();
    NAMES.forEach(name -> made.put(name, (int) bytes.getLong()));
    return made;
  }
}
