package org.whisker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.whisker.command.CommandFixture;
import org.whisker.command.Environment;
import org.whisker.feature.explain.CompareCommand;
import org.whisker.feature.models.NetworkCommand;
import org.whisker.feature.position.HeatmapCommand;
import org.whisker.feature.train.DatasetCommand;
import org.whisker.feature.train.EvaluateCommand;

/**
 * Jobs that are done in one go are done again as a whole where they were cut short, and come to the
 * same files, the manifest included.
 */
class ResumedInOneGoTest extends CommandFixture {
  private void goesOn(
      Function<Environment, Object> command, List<String> name, String table, String... options)
      throws IOException {
    Path out = home.resolve("out");
    int code = run(command, name, out, "--out=" + out, options);
    Map<String, String> whole = contents(out);
    Path manifest = out.resolve("manifest.json");
    String done = Files.readString(manifest);
    assertTrue(done.contains("\"status\" : \"done\""), done);

    Files.writeString(manifest, done.replaceAll("(?s)\"done\".*", "\"running\"\n}\n"));
    Files.delete(out.resolve(table));
    Files.writeString(out.resolve("." + table + ".1-2.partial"), "half");
    assertEquals(code, run(command, name, out, "--resume=" + out));
    assertEquals(whole, contents(out));

    assertEquals(0, run(command, name, out, "--resume=" + out));
    assertTrue(test.out().contains("is done; there is nothing left to do"), test.out());

    Files.writeString(out.resolve(table), "");
    assertEquals(code, run(command, name, out, "--resume=" + out));
    assertTrue(test.err().contains(table + " is empty; doing it again"), test.err());
    assertEquals(whole, contents(out));
  }

  private int run(
      Function<Environment, Object> command,
      List<String> name,
      Path out,
      String where,
      String... options) {
    newEnvironment();
    List<String> args = new ArrayList<>(name);
    args.addAll(List.of(options));
    args.addAll(List.of("--quiet", where));
    int code = test.run(command, args.toArray(String[]::new));
    assertTrue(Files.exists(out), test.err());
    return code;
  }

  /** Of all files but charts, which have no hash. */
  private static Map<String, String> contents(Path folder) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    for (Path file : Folders.files(folder)) {
      String name = file.toString();
      if (name.endsWith(".csv") || name.endsWith(".json") || name.endsWith("partial")) {
        contents.put(name, Files.readString(folder.resolve(file)));
      }
    }
    return contents;
  }

  @Test
  void heatmap() throws IOException {
    Path csv = home.resolve("pixels.csv");
    Files.writeString(csv, "run,x,y\n1,3,4\n1,5,9\n2,0,1\n2,7,7\n");
    goesOn(
        HeatmapCommand::new, List.of("heatmap"), "summary.csv", csv.toString(), "--canvas=16x16");
  }

  @Test
  void network() throws IOException {
    TinyModels.save(home, "tiny");
    goesOn(NetworkCommand::new, List.of("network", "show"), "layers.csv", "tiny");
  }

  @Test
  void evaluation() throws IOException {
    TinyModels.save(home, "tiny");
    TinyModels.photos(home.resolve("photos"), 4);
    goesOn(
        EvaluateCommand::new,
        List.of("evaluate"),
        "summary.csv",
        "--model=tiny",
        "--device=cpu",
        "--data=" + home.resolve("photos"));
  }

  @Test
  void dataset() throws IOException {
    TinyModels.photos(home.resolve("photos"), 4);
    goesOn(
        DatasetCommand::new,
        List.of("dataset", "check"),
        "photos.csv",
        home.resolve("photos").toString());
  }

  @Test
  void comparison() throws IOException {
    TinyModels.save(home, "one", 1);
    TinyModels.save(home, "two", 2);
    Path out = home.resolve("out");
    String[] options = {
      "one", "two", "--runs=2", "--max-evaluations=20", "--device=cpu", "--precision=float32"
    };
    assertEquals(
        0, run(CompareCommand::new, List.of("compare"), out, "--out=" + out, options), test.err());
    Files.delete(out.resolve("index.html"));
    assertEquals(0, run(CompareCommand::new, List.of("compare"), out, "--resume=" + out));
    assertTrue(Files.exists(out.resolve("index.html")), "the page is drawn again");
    assertEquals(0, run(CompareCommand::new, List.of("compare"), out, "--resume=" + out));
    assertTrue(test.out().contains("is done; there is nothing left to do"), test.out());
    assertEquals(
        2, run(CompareCommand::new, List.of("compare"), out, "--resume=" + out, "--seed=4"));
  }
}
