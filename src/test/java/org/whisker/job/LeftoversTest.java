package org.whisker.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.io.AtomicFiles;
import org.whisker.io.FolderLock;

class LeftoversTest {
  private static final long GONE = 999_999_999_999L; // no process has that number

  @TempDir Path folder = Path.of("");

  private void files(String... names) throws IOException {
    for (String name : names) {
      Path file = folder.resolve(name);
      Files.createDirectories(folder.resolve(name.substring(0, name.lastIndexOf('/') + 1)));
      Files.writeString(file, name);
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  @Test
  void removesWhatProcessesLeftThatAreGone() throws IOException {
    long alive = ProcessHandle.current().pid();
    String written = ".checkpoint.safetensors." + alive + ".part";
    files(
        "checkpoint.safetensors",
        ".checkpoint.safetensors." + GONE + ".part",
        ".epochs.csv." + GONE + "-1.partial",
        "features/.ab.safetensors." + GONE + ".part",
        "my.notes." + GONE + ".part",
        written);
    Leftovers.removeAbandoned(folder);
    assertEquals(
        List.of(written, "checkpoint.safetensors", "features", "my.notes." + GONE + ".part"),
        names(folder));
    assertEquals(List.of(), names(folder.resolve("features")));
    Leftovers.removeAbandoned(folder.resolve("nowhere"));
  }

  /** A model is built in a hidden folder beside its own. */
  @Test
  void removesOnlyWhatWasToBecomeTheTarget() throws IOException {
    files(
        "cats/model.json",
        ".cats." + GONE + ".part/weights.safetensors",
        ".cats." + GONE + ".part/.weights.safetensors." + GONE + ".part",
        ".dogs." + GONE + ".part/weights.safetensors");
    Leftovers.removeAbandonedOf(folder.resolve("cats"));
    assertEquals(List.of(".dogs." + GONE + ".part", "cats"), names(folder));
  }

  @Test
  void temporaryFoldersOfEndedProcessesGoAfterADay() throws IOException {
    Path mine = Leftovers.temporary("whisker-test");
    Path among = Objects.requireNonNull(mine.getParent());
    Path old = Files.createDirectory(among.resolve("whisker-test." + GONE + "-1"));
    Path young = Files.createDirectory(among.resolve("whisker-test." + GONE + "-2"));
    Path other = Files.createDirectory(among.resolve("whisker-tests." + GONE + "-1"));
    Files.writeString(old.resolve("best.csv"), "generation\n");
    FileTime before = FileTime.from(Instant.now().minus(Duration.ofHours(25)));
    for (Path each : List.of(mine, old, other)) {
      Files.setLastModifiedTime(each, before);
    }
    Path second = Leftovers.temporary("whisker-test");
    try {
      assertFalse(Files.exists(old));
      assertTrue(Files.exists(mine) && Files.exists(young) && Files.exists(other));
    } finally {
      for (Path each : List.of(mine, young, other, second)) {
        Leftovers.delete(each);
      }
    }
  }

  @Test
  void removesHalfWrittenPictures() throws IOException {
    files("best.png", "runs/1/minimal.png.part", "runs/1/best.png.part", "runs/1/best.png");
    Leftovers.remove(folder);
    assertEquals(List.of("best.png"), names(folder.resolve("runs/1")));
  }

  /** In a container the first process has the number 1 each time. */
  @Test
  void whatAnotherRunOfTheSameNumberLeftIsAbandoned() throws IOException {
    long mine = ProcessHandle.current().pid();
    String own = String.valueOf(AtomicFiles.temporary(folder.resolve("a"), ".part").getFileName());
    assertNotEquals(
        own, String.valueOf(AtomicFiles.temporary(folder.resolve("a"), ".part").getFileName()));
    files(own, ".a." + mine + "-1234567891.part", ".b." + mine + "-1234567892.partial", "c");
    Leftovers.removeAbandoned(folder);
    assertEquals(List.of(own, "c"), names(folder));
  }

  /** Of a process on another host, nothing is known here but that it does not hold the lock. */
  @Test
  void drawingTidiesTheFolderOfAJobThatNobodyHolds() throws IOException {
    long me = ProcessHandle.current().pid();
    long alive =
        ProcessHandle.allProcesses()
            .mapToLong(ProcessHandle::pid)
            .filter(p -> p != me)
            .min()
            .orElse(me);
    String left = ".a.csv." + alive + "-1.partial";
    files(left, "a.csv");
    FolderLock.run(
        folder,
        () -> {
          FolderSession.draw(folder, () -> files("drawn"));
          assertEquals(List.of(left, ".lock", "a.csv", "drawn"), names(folder), "somebody's");
        });
    FolderSession.draw(folder, () -> files("again"));
    assertEquals(List.of(".lock", "a.csv", "again", "drawn"), names(folder));
  }

  /** Processes of other machines and containers can't be seen from here: theirs stay for a day. */
  @Test
  void whatIsWrittenElsewhereStaysForADay() throws IOException {
    String own = String.valueOf(AtomicFiles.temporary(folder.resolve("a"), ".part").getFileName());
    int place = own.indexOf('-') + 1;
    char other = own.charAt(place) == '1' ? '2' : '1';
    String here = ".a." + GONE + own.substring(own.indexOf('-'));
    String fresh = ".a." + GONE + "-" + other + own.substring(place + 1);
    String old = ".b." + GONE + "-" + other + own.substring(place + 1);
    files(here, fresh, old);
    Files.setLastModifiedTime(
        folder.resolve(old), FileTime.from(Instant.now().minus(Duration.ofHours(49))));
    Leftovers.removeAbandoned(folder);
    assertEquals(List.of(fresh), names(folder));
  }

  /** In a folder where all may write, each may remove his own alone. */
  @Test
  void whatAnotherUserLeftStays() throws IOException {
    String left = ".a." + GONE + "-1.part";
    files(left);
    Path file = folder.resolve(left);
    assumeTrue(Files.getAttribute(file, "unix:uid").equals(0), "needs an administrator");
    Files.setAttribute(file, "unix:uid", 4711);
    Leftovers.removeAbandonedOf(folder.resolve("a"));
    Leftovers.removeAbandoned(folder);
    assertEquals(List.of(left), names(folder));
    Files.setAttribute(file, "unix:uid", 0);
    Leftovers.removeAbandonedOf(folder.resolve("a"));
    assertEquals(List.of(), names(folder));
  }

  @Test
  void aSessionLocksThenTidiesAndFollowsNoLink() throws IOException {
    Path own = folder.resolve("own");
    files("own/.a.csv.1-1.partial", "elsewhere/a");
    FolderSession.hold(
        own,
        () -> {
          assertEquals(List.of(".lock"), names(own));
          assertThrows(IOException.class, () -> FolderSession.hold(own, () -> own));
          return own;
        });
    files("own/.a.csv.1-1.partial");
    Files.createSymbolicLink(own.resolve("charts"), folder.resolve("elsewhere"));
    IOException e = assertThrows(IOException.class, () -> FolderSession.hold(own, () -> own));
    assertTrue(String.valueOf(e.getMessage()).contains("is a link to another folder"));
    assertThrows(IOException.class, () -> FolderSession.draw(own, () -> {}));
    assertTrue(Files.exists(own.resolve(".a.csv.1-1.partial")), "nothing was removed");
  }

  @Test
  void aSessionOfAFolderThatALinkNamesIsTheSame() throws IOException {
    Path own = folder.resolve("own");
    files("own/.a.csv.1-1.partial", "elsewhere/a");
    Path link = Files.createSymbolicLink(folder.resolve("latest"), own);
    FolderSession.hold(link, () -> link);
    assertEquals(List.of(".lock"), names(own));
    Files.createSymbolicLink(own.resolve("charts"), folder.resolve("elsewhere"));
    assertThrows(IOException.class, () -> FolderSession.draw(link, () -> {}));
  }
}
