package org.whisker.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.stats.Verdict;

class FindingTest {
  @TempDir Path folder;

  private static List<Finding> tests() {
    return List.of(
        new MadeFinding("padding").share(-0.26).needing(45).test(),
        new MadeFinding("geometry").edgeIndex(0.1 + 0.2).verdict(Verdict.UNDECIDED).test(),
        Finding.untested("head", "a,b", "head", "needs photos: \"--data\""));
  }

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    Path file = folder.resolve("findings.csv");
    Finding.TABLE.write(file, tests());
    assertEquals(tests(), Finding.read(file));
  }

  @Test
  void aBadRowIsNamed() throws IOException {
    Path file = folder.resolve("findings.csv");
    Finding.TABLE.write(file, tests());
    String good = Files.readString(file);
    complaint(file, good.replace("undecided", "perhaps"), ":3: verdict is \"perhaps\"");
    complaint(file, good.replace("needs photos", "").replace(": \"\"--data\"\"", ""), "reason");
    complaint(file, good.replace("p_value", "p"), "has no column \"p_value\"");
  }

  /** A report of an earlier version has hypotheses that are none any more. */
  @Test
  void aHypothesisThatThereIsNotIsLeftOut() throws IOException {
    Path file = folder.resolve("findings.csv");
    Finding.TABLE.write(file, tests());
    Files.writeString(file, Files.readString(file).replace("\nhead,", "\nheat,"));
    assertEquals(tests().subList(0, tests().size() - 1), Finding.read(file));
  }

  private static void complaint(Path file, String text, String expected) throws IOException {
    Files.writeString(file, text);
    IOException e = assertThrows(IOException.class, () -> Finding.read(file));
    String message = String.valueOf(e.getMessage());
    assertEquals(true, message.startsWith(file.toString()) && message.contains(expected), message);
    assertEquals(1, message.lines().count());
  }
}
