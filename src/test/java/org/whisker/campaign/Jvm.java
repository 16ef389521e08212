package org.whisker.campaign;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/**
 * How a JVM for a short run begins quickly: the classes in jars, and an archive of what a run
 * loads.
 *
 * @param options before the main class
 */
record Jvm(List<String> options) {
  static final int HEAP_MIB = 512;

  Jvm {
    options = List.copyOf(options);
  }

  /**
   * Makes jars of the folders of classes that this process has, and archives what a score loads.
   */
  static Jvm in(Path folder) throws IOException, InterruptedException {
    List<String> entries = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path path = Path.of(entry);
      entries.add(Files.isDirectory(path) ? jar(path, folder, entries.size()) : entry);
    }
    List<String> options = new ArrayList<>();
    options.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // the first compiler alone: short runs end sooner
    options.addAll(List.of("-Xmx" + HEAP_MIB + "m", "-XX:TieredStopAtLevel=1"));
    options.addAll(List.of("-XX:+UseSerialGC", "-XX:-UsePerfData", "-Xlog:disable"));
    options.addAll(List.of("-Djava.awt.headless=true", "-Dai.djl.offline=true"));
    Path temporary = Files.createDirectories(folder.resolve("temporary")); // of killed processes
    options.add("-Djava.io.tmpdir=" + temporary);
    options.addAll(List.of("-cp", String.join(File.pathSeparator, entries)));
    return new Jvm(options);
  }

  /** As it is, with the classes that a run of these words loads mapped instead of parsed. */
  Jvm archived(Path world, List<String> words, Path archive)
      throws IOException, InterruptedException {
    Jvm dumping = with("-XX:ArchiveClassesAtExit=" + archive);
    WhiskerProcess.Ended ended =
        new WhiskerProcess(dumping, null, "").run(world, words, new Disturbance.None());
    if (ended.exitCode() != 0) {
      throw new IOException(words + " ended with " + ended);
    }
    return Files.exists(archive) ? with("-XX:SharedArchiveFile=" + archive) : this;
  }

  /** As it is, for a user of that language and country. */
  Jvm in(String locale) {
    String[] parts = locale.split("-", -1);
    return with("-Duser.language=" + parts[0]).with("-Duser.country=" + parts[1]);
  }

  Jvm with(String option) {
    List<String> more = new ArrayList<>(options);
    more.add(1, option);
    return new Jvm(more);
  }

  private static String jar(Path classes, Path folder, int number) throws IOException {
    Path jar = folder.resolve("classes-" + number + ".jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out)) {
      for (String file : Tree.of(classes).files().keySet()) {
        entries.putNextEntry(new JarEntry(file));
        entries.write(Files.readAllBytes(classes.resolve(file)));
        entries.closeEntry();
      }
    }
    return jar.toString();
  }
}
