package org.whisker.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.whisker.command.Errors;
import org.whisker.io.ShownText;

/**
 * A reader of files that anybody may have written.
 *
 * @param name of the fuzzer, and of the folder with its regressions
 * @param files that are there already, and one of which the bytes replace, see {@link #write}
 */
record Decoder(String name, List<String> files, Reading reading) {
  /** What a message may have: the text that is shown, and how much was left out. */
  private static final int LONGEST = ShownText.MOST + 40;

  private static final Pattern ONE_LINE = Pattern.compile("[^\\p{Cntrl}]+");

  Decoder {
    files = List.copyOf(files);
  }

  /** Reads a folder. */
  @FunctionalInterface
  interface Reading {
    void of(Path folder) throws IOException;
  }

  /** One that reads a single file, all of whose bytes are hostile. */
  static Decoder file(String name, String file, Reading reading) {
    return new Decoder(name, List.of(file), folder -> reading.of(folder.resolve(file)));
  }

  /**
   * Writes hostile bytes. Where there are several files, the first byte says which.
   *
   * @return the file
   */
  Path write(Path folder, byte[] bytes) throws IOException {
    boolean several = files.size() > 1;
    int which = several && bytes.length > 0 ? Byte.toUnsignedInt(bytes[0]) % files.size() : 0;
    Path file = folder.resolve(files.get(which));
    Files.createDirectories(file.getParent());
    int skipped = several ? Math.min(1, bytes.length) : 0;
    return Files.write(file, java.util.Arrays.copyOfRange(bytes, skipped, bytes.length));
  }

  /**
   * Reads; what a command would say in one line of a file is right.
   *
   * @throws AssertionError when it would say anything else, or too much
   */
  void read(Path folder) {
    try {
      reading.of(folder);
    } catch (IOException | RuntimeException e) {
      judge(e);
    }
  }

  private void judge(Exception thrown) {
    String line = Errors.of(thrown).line();
    if (line.startsWith("unexpected:")) {
      throw new AssertionError(name + ": " + line, thrown);
    }
    if (line.length() > LONGEST || !ONE_LINE.matcher(line).matches()) {
      throw new AssertionError(name + ": is no bounded line: " + line, thrown);
    }
  }
}
