package org.whisker.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstWriterTest {
  @TempDir Path folder;

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void theFirstWriterWins() throws IOException {
    Path file = folder.resolve("new/a.json");
    assertTrue(AtomicFiles.create(file, bytes("first")));
    assertFalse(AtomicFiles.create(file, bytes("second")));
    assertEquals("first", Files.readString(file));
    try (Stream<Path> files = Files.list(folder.resolve("new"))) {
      assertEquals(1, files.count());
    }
  }

  @Test
  void ofManyAtOnceExactlyOneWins() throws Exception {
    int writers = 8;
    ExecutorService threads = Executors.newFixedThreadPool(writers);
    try {
      for (int round = 0; round < 20; round++) {
        Path file = folder.resolve(round + ".json");
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Boolean>> all = new ArrayList<>();
        for (int i = 0; i < writers; i++) {
          String writer = "w" + i;
          all.add(
              threads.submit(
                  () -> {
                    start.await();
                    return AtomicFiles.create(file, bytes(writer));
                  }));
        }
        start.countDown();
        List<String> winners = new ArrayList<>();
        for (int i = 0; i < writers; i++) {
          if (all.get(i).get()) {
            winners.add("w" + i);
          }
        }
        assertEquals(List.of(Files.readString(file)), winners);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void whatCannotBeWrittenLeavesNothing() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "").resolve("below.json");
    IOException e = assertThrows(IOException.class, () -> AtomicFiles.create(file, bytes("x")));
    assertTrue(
        String.valueOf(e.getMessage()).startsWith(file + " could not be written"), e.getMessage());
  }
}
