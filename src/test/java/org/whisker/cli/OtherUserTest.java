package org.whisker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.image.ImageFiles;
import org.whisker.job.JobContext.WhiskerHome;

/**
 * Files and folders of another user that this one may not read or write. The administrator may all
 * and a user can give no files away, so this needs an administrator, in a process that has laid
 * down its rights.
 */
class OtherUserTest {
  private static final int OTHER = 4711;
  private static final String RIGHTS = "-dac_override,-dac_read_search,-fowner";
  private static final List<String> WITHOUT =
      List.of("setpriv", "--bounding-set=" + RIGHTS, "--inh-caps=" + RIGHTS);

  @TempDir Path folder;

  @BeforeEach
  void world() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "needs setpriv");
    assumeTrue(Files.getAttribute(folder, "unix:uid").equals(0), "needs an administrator");
    Path home = Files.createDirectory(folder.resolve("home"));
    TinyModels.save(home, "tiny");
    TinyModels.save(home, "shut");
    TinyModels.save(home, "hidden");
    TinyModels.photos(folder.resolve("photos/train"), 1);
    TinyModels.photos(folder.resolve("photos/val"), 1);
    ImageFiles.writePng(folder.resolve("photo.png"), TinyModels.picture(32, 32, 0.3, 1));
    Files.writeString(folder.resolve("words"), "--model=tiny photo.png");
    Files.writeString(folder.resolve("cats.onnx"), "x");
  }

  private void give(String name, String permissions) throws IOException {
    Path file = folder.resolve(name);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    Files.setAttribute(file, "unix:uid", OTHER);
    Files.setAttribute(file, "unix:gid", OTHER);
  }

  private void says(int exitCode, String line, String... words) throws Exception {
    List<String> all = new ArrayList<>(WITHOUT);
    all.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    all.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto", "-Djava.awt.headless=true"));
    all.add("-D" + WhiskerHome.PROPERTY + "=" + folder.resolve("home"));
    all.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    all.addAll(List.of(words));
    Process process =
        new ProcessBuilder(all).directory(folder.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(said.contains(line), said);
    assertEquals(1, said.lines().count(), said);
    assertEquals(exitCode, process.waitFor(), said);
  }

  @Test
  void whatMayNotBeReadIsNamed() throws Exception {
    give("home/models/shut", "rwx------");
    says(1, folder + "/home/models/shut may not be read", "score", "--model=shut", "photo.png");
    give("home/models/hidden/model.json", "rw-------");
    says(1, "hidden/model.json may not be read", "score", "--model=hidden", "photo.png");
    give("cats.onnx", "rw-------");
    says(
        1, "cats.onnx: it may not be read", "models", "import", "cats.onnx", "--name=c", "--cat=0");
    give("words", "rw-------");
    says(2, "@words may not be read; name a file of arguments", "score", "@words");
    give("photos/val", "rwx------");
    String[] train = {
      "train", "--out=made", "--data=photos", "--arch=vgg16", "--epochs=1", "--quiet"
    };
    says(1, "photos/val may not be read", train);
  }

  /** Not the file in it by which it would be locked, which is not there. */
  @Test
  void aFolderOfAnotherIsNamedItself() throws Exception {
    Files.createDirectory(folder.resolve("out"));
    give("out", "rwxr-xr-x");
    says(1, "whisker: out may not be read or written", "network", "show", "tiny", "--out=out");
  }

  @Test
  void whereNothingMayBeWrittenAnotherPlaceIsAskedFor() throws Exception {
    give("home", "rwxr-xr-x");
    String analyses = folder + "/home/analyses";
    says(
        2,
        "without --out, " + analyses + " can't be made: you may not write there; name a folder",
        "network",
        "show",
        "tiny");
    try (Stream<Path> all = Files.list(folder.resolve("home"))) {
      assertEquals(1, all.count(), "something was written");
    }
  }
}
