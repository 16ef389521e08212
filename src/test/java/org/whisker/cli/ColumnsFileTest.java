package org.whisker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.feature.FolderCharts;
import org.whisker.io.Manifest;

/** What a folder says of the columns of its tables. */
class ColumnsFileTest {
  @TempDir Path folder;

  private String drawn() throws IOException {
    FolderCharts.draw(folder);
    return Files.readString(folder.resolve(Manifest.COLUMNS));
  }

  private void write(String file, String header) throws IOException {
    Files.createDirectories(folder.resolve(file).getParent());
    Files.writeString(folder.resolve(file), header + "\n");
  }

  private void manifest() throws IOException {
    Files.writeString(folder.resolve(Manifest.NAME), "{\"format\" : 1}");
  }

  @Test
  void aTableIsDescribedOnceWhereverItLies() throws IOException {
    manifest();
    for (int run = 1; run <= 5; run++) {
      write("runs/" + run + "/best-history.csv", "generation,x,y,black");
    }
    String text = drawn();
    assertTrue(text.contains("\n## best-history.csv\n`runs/1/best-history.csv`, "), text);
    assertTrue(text.contains("`runs/3/best-history.csv` and 2 more\n"), text);
    assertEquals(1, text.split("best-history.csv\n", -1).length - 1, text);
    assertTrue(text.contains("| `black` |  |  | whether it becomes inked"), text);
  }

  @Test
  void aSignHasACellOfItsOwn() throws IOException {
    manifest();
    write("one/map.csv", "x,y,delta_logit");
    write("two/map.csv", "x,y,windows");
    String text = drawn();
    assertTrue(text.contains("| `delta_logit` | logit | above 0 is away from the target | "), text);
    assertTrue(text.contains("| `windows` |  |  | the map's value there |"), text);
  }

  @Test
  void aFileOfSomebodyElseIsLeftOut() throws IOException {
    manifest();
    write("mine.csv", "a,b,c");
    Files.writeString(folder.resolve("empty.csv"), "");
    Files.writeString(folder.resolve("twice.csv"), "a,a\n");
    FolderCharts.draw(folder);
    assertFalse(Files.exists(folder.resolve(Manifest.COLUMNS)));
  }

  @Test
  void aFolderWithoutAManifestHasNone() throws IOException {
    write("best-history.csv", "generation,x,y,black");
    FolderCharts.draw(folder);
    assertFalse(Files.exists(folder.resolve(Manifest.COLUMNS)));
  }
}
