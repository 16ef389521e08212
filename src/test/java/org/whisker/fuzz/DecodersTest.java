package org.whisker.fuzz;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The fuzzers for a moment, and whatever they have found once. */
class DecodersTest {
  static final Path FOUND = Path.of("src/test/resources/fuzz/found");

  @TempDir private Path scratch;

  static Stream<String> decoders() {
    return Decoders.ALL.stream().map(Decoder::name);
  }

  /** Else nothing behind the first check is ever reached. */
  @ParameterizedTest
  @MethodSource("decoders")
  void seedsAreRight(String name) throws IOException {
    Decoder decoder = Decoders.of(name);
    Path right = Files.createTempDirectory(scratch, "right");
    FolderSeeds.write(decoder, right);
    boolean read = false;
    for (byte[] seed : Seeds.of(decoder, scratch)) {
      Path folder = Files.createTempDirectory(scratch, "whole");
      FolderSeeds.write(decoder, folder);
      Path file = decoder.write(folder, seed);
      Path same = right.resolve(folder.relativize(file));
      // a folder that is right in all of its files is read once for all of them
      if (!read || !Files.exists(same) || Files.mismatch(file, same) >= 0) {
        decoder.reading().of(folder);
        read = true;
      }
    }
  }

  @ParameterizedTest
  @MethodSource("decoders")
  void whatWasFoundOnce(String name) throws IOException {
    Path found = FOUND.resolve(name);
    Sandbox sandbox = new Sandbox(scratch);
    for (String file : Files.isDirectory(found) ? Decoders.files(found) : List.<String>of()) {
      sandbox.read(Decoders.of(name), Files.readAllBytes(found.resolve(file)));
    }
  }

  @Test
  void everyFolderOfWhatWasFoundHasADecoder() throws IOException {
    try (Stream<Path> folders = Files.list(FOUND)) {
      Set<String> names =
          folders.map(folder -> folder.getFileName().toString()).collect(Collectors.toSet());
      assertFalse(names.isEmpty());
      assertTrue(decoders().toList().containsAll(names), names.toString());
    }
  }

  /** By coverage; {@code ./whisker-campaign fuzz} goes on for longer. */
  @Test
  void fuzzedForAMoment() throws IOException, InterruptedException {
    FuzzProcess.Outcome outcome = new FuzzProcess("", 2_000, 60).run(scratch, 1);
    assertFalse(outcome.failed(), outcome.log());
    assertTrue(outcome.inputs() > 100, outcome.log());
  }

  @Test
  void anythingButALineIsAFailure() {
    Decoder decoder =
        Decoder.file(
            "broken",
            "file",
            file -> {
              throw new IllegalStateException("beyond the end");
            });
    AssertionError error = assertThrows(AssertionError.class, () -> decoder.read(scratch));
    String message = String.valueOf(error.getMessage());
    assertTrue(message.startsWith("broken: unexpected: IllegalStateException"), message);
  }
}
