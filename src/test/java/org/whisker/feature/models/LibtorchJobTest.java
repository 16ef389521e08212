package org.whisker.feature.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.hub.LoopbackPublisher;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext;
import org.whisker.job.JobContext.StopSignal;
import org.whisker.job.JobContext.WhiskerHome;
import org.whisker.job.JobListener;
import org.whisker.torch.natives.LibtorchFolder;

class LibtorchJobTest {
  @TempDir Path cache;
  private final LoopbackPublisher publisher = new LoopbackPublisher();

  LibtorchJobTest() throws IOException {}

  @BeforeEach
  void publish() throws IOException {
    String folder = "cu128/" + LibtorchFolder.system() + "/native/lib/";
    publisher.put(folder + "libtorch.so", new byte[] {1, 2, 3});
    publisher.put(folder + "libc10.so", new byte[] {4});
  }

  @AfterEach
  void close() {
    publisher.close();
  }

  private Optional<LibtorchFolder> fetch(String flavour, Optional<String> pin) throws IOException {
    JobContext context =
        new JobContext(
            new WhiskerHome(cache), Clock.systemUTC(), JobListener.silent(), StopSignal.never());
    return new LibtorchJob(flavour, pin, cache, context).run(publisher.environment());
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(cache)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static String build() {
    return LibtorchFolder.version() + "-cu128-" + LibtorchFolder.system();
  }

  @Test
  void aBuildIsPutWhereDjlLooksForIt() throws IOException {
    LibtorchFolder folder = fetch("cu128", Optional.empty()).orElseThrow();
    assertEquals(List.of(build(), LibtorchFolder.version() + ".txt"), names());
    assertEquals(cache.resolve(build()), folder.path());
    assertTrue(
        Files.readString(cache.resolve(LibtorchFolder.version() + ".txt"))
            .contains("/libtorch.so.gz"));
    String hash = folder.sha256();
    publisher.close();
    assertEquals(folder, fetch("cu128", Optional.of(hash)).orElseThrow(), "nothing is asked for");
    assertThrows(IOException.class, () -> fetch("cu128", Optional.of("0".repeat(64))));
  }

  @Test
  void anotherHashLeavesNothing() throws IOException {
    IOException other =
        assertThrows(IOException.class, () -> fetch("cu128", Optional.of("0".repeat(64))));
    assertTrue(String.valueOf(other.getMessage()).contains("as pinned"), other.toString());
    assertFalse(Files.exists(cache.resolve(build())));
    assertFalse(Files.exists(cache.resolve(".fetch-" + build())));
    String hash = fetch("cu128", Optional.empty()).orElseThrow().sha256();
    Files.move(cache.resolve(build()), cache.resolve("elsewhere"));
    assertEquals(
        hash, fetch("cu128", Optional.of(hash.toUpperCase(Locale.ROOT))).orElseThrow().sha256());
  }

  @Test
  void whatCannotBe() {
    assertThrows(InvalidRequestException.class, () -> fetch("cuda", Optional.empty()));
    assertThrows(InvalidRequestException.class, () -> fetch("../x", Optional.empty()));
    assertThrows(InvalidRequestException.class, () -> fetch("cu128", Optional.of("12")));
    assertThrows(IOException.class, () -> fetch("cu999", Optional.empty()));
  }
}
