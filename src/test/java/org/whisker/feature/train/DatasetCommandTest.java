package org.whisker.feature.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.whisker.cli.TinyModels;
import org.whisker.command.CommandFixture;
import org.whisker.command.TestEnvironment;
import org.whisker.io.Csv;

class DatasetCommandTest extends CommandFixture {
  private int check(TestEnvironment test, String... more) {
    String[] args = new String[more.length + 4];
    args[0] = "dataset";
    args[1] = "check";
    args[2] = "--out";
    args[3] = home.resolve("out").toString();
    System.arraycopy(more, 0, args, 4, more.length);
    return test.run(DatasetCommand::new, args);
  }

  @Test
  void aCleanDatasetIsCounted() throws IOException {
    TinyModels.photos(home.resolve("photos"), 4);
    assertEquals(0, check(test, home.resolve("photos").toString()), test.err());
    assertTrue(test.out().contains("all    4    4        50.0 %         0\n"), test.out());
    assertTrue(test.out().contains("width 40 to 40 (median 40), height 36 to 36"), test.out());
    assertTrue(test.out().contains("; 8 with a side below 128\n"), test.out());
    assertTrue(
        test.out().contains("duplicates: same file 0 groups, same picture 0 groups"), test.out());
    assertEquals(8, Csv.read(home.resolve("out/photos.csv")).rows().size());
  }

  @Test
  void whatIsWrongIsTold() throws IOException {
    Path train = home.resolve("photos/train");
    Path test = home.resolve("photos/test");
    TinyModels.photos(train, 3);
    TinyModels.photos(test, 1);
    Files.delete(test.resolve("cat/web_0.png"));
    Files.copy(train.resolve("cat/lab_1.png"), test.resolve("cat/copy.png"));
    Files.delete(test.resolve("not_cat/web_0.png"));
    Files.copy(train.resolve("cat/web_2.png"), test.resolve("not_cat/wrong.png"));
    Files.writeString(train.resolve("cat/broken.png"), "no picture");
    TestEnvironment run = new TestEnvironment(home);
    assertEquals(1, check(run, home.resolve("photos").toString(), "--size", "38"));
    String out = run.out();
    assertTrue(out.contains("train  3    3        50.0 %         1\n"), out);
    assertTrue(
        out.contains("same file 2 groups, same picture 0 groups; photos too many: 2\n"), out);
    assertTrue(out.contains("across splits: 2; what is tested"), out);
    assertTrue(out.contains("across labels: 1; a picture is both"), out);
    assertTrue(
        out.contains(
            "unreadable: 1; leave them out or mend them\n  " + train.resolve("cat/broken.png")),
        out);
    assertEquals(4, Csv.read(home.resolve("out/duplicates.csv")).rows().size());
  }

  @Test
  void wrongUsage() {
    assertEquals(1, check(test, home.resolve("none").toString()));
    assertEquals(1, check(test, home.toString()));
    assertEquals(2, check(test, home.toString(), "--size", "0"));
    assertEquals(2, test.run(DatasetCommand::new, "dataset"));
    assertEquals(4, test.err().lines().count(), test.err());
  }
}
