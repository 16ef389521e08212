package org.whisker.hub;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.hub.HubClient.HubException;

class LibtorchDownloadTest {
  @TempDir Path folder;
  private final LoopbackPublisher publisher = new LoopbackPublisher();

  LibtorchDownloadTest() throws IOException {}

  @BeforeEach
  void publish() throws IOException {
    publisher.put("cu128/linux-x86_64/native/lib/libtorch.so", new byte[100_000]);
    publisher.put("cu128/linux-x86_64/native/lib/libnvrtc%2Dbuiltins.so.12", new byte[] {1, 2});
    publisher.put("cu128/win-x86_64/native/lib/torch.dll", new byte[] {3});
  }

  @AfterEach
  void close() {
    publisher.close();
  }

  private LibtorchDownload download() {
    return new LibtorchDownload(publisher.environment(), "2.7.1", () -> false);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private boolean fetch(String system, List<Integer> told) throws IOException {
    LibtorchDownload download = download();
    return download.fetch(download.files(download.index(), "cu128", system), folder, told::add);
  }

  @Test
  void aBuildIsFetchedAndUnpacked() throws IOException {
    List<Integer> told = new ArrayList<>();
    assertTrue(fetch("linux-x86_64", told));
    assertEquals(List.of("libnvrtc-builtins.so.12", "libtorch.so"), names());
    assertArrayEquals(new byte[100_000], Files.readAllBytes(folder.resolve("libtorch.so")));
    assertEquals(List.of(1, 2), told);
  }

  @Test
  void whatIsHereIsNotFetchedAgainAndWhatIsCutIsNotKept() throws IOException {
    publisher.cut("libtorch");
    IOException cut =
        assertThrows(IOException.class, () -> fetch("linux-x86_64", new ArrayList<>()));
    assertFalse(String.valueOf(cut.getMessage()).contains("\n"), cut.toString());
    assertEquals(List.of("libnvrtc-builtins.so.12"), names());
    publisher.mend();
    assertTrue(fetch("linux-x86_64", new ArrayList<>()));
    assertEquals(1, publisher.requests("libnvrtc"));
    assertEquals(2, publisher.requests("libtorch.so"));
  }

  @Test
  void refusals() throws IOException {
    assertThrows(HubException.class, () -> fetch("osx-aarch64", new ArrayList<>()));
    publisher.put("cu128/bad/native/lib/..%2F..%2Fevil.so", new byte[] {1});
    HubException evil = assertThrows(HubException.class, () -> fetch("bad", new ArrayList<>()));
    assertTrue(String.valueOf(evil.getMessage()).contains("no library's name"), evil.toString());
    assertEquals(List.of(), names());
    publisher.remove("cu128/win-x86_64/native/lib/torch.dll");
    IOException gone =
        assertThrows(IOException.class, () -> fetch("win-x86_64", new ArrayList<>()));
    assertTrue(
        String.valueOf(gone.getMessage()).contains("127.0.0.1 answers 404"), gone.toString());
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new LibtorchDownload(name -> "http://elsewhere.example/pytorch", "2.7.1", () -> false));
  }

  @Test
  void stoppedItKeepsNothingHalf() throws IOException {
    LibtorchDownload stopped = new LibtorchDownload(publisher.environment(), "2.7.1", () -> true);
    List<String> files = stopped.files(stopped.index(), "cu128", "linux-x86_64");
    assertFalse(stopped.fetch(files, folder, n -> {}));
    assertEquals(List.of(), names());
  }
}
