package org.whisker.campaign;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Files, folders, classes and models whose names move the cursor, recolour a line or reorder it:
 * nothing of that reaches a terminal, whatever a command says of them.
 */
final class Names {
  private static final String HOSTILE =
      "\u001b[2K\u001b[31m \u009b31m \u202e \u2066 \u2028 \u0007\b\r";

  /** What whisker itself prints: ends of lines, tabs, and the return before a line of progress. */
  private static final Pattern MOVES =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\\n\\r\\t]]");

  private final World from;
  private final List<String> problems = new ArrayList<>();
  private int runs;

  private Names(World from) {
    this.from = from;
  }

  static boolean run(Path root) throws IOException, InterruptedException {
    Names names = new Names(World.in(root));
    names.all(root.resolve("names"), HOSTILE);
    names.problems.forEach(System.out::println);
    System.out.println(names.runs + " commands, " + names.problems.size() + " problems");
    return names.problems.isEmpty();
  }

  private void all(Path scratch, String hostile) throws IOException, InterruptedException {
    Path world = scratch.resolve("world");
    Tree.copy(from.template(), world);
    String photo = hostile + ".png";
    String broken = hostile + "-broken.png";
    Path cats = world.resolve("photos/test/cat");
    Files.copy(world.resolve("photo.png"), cats.resolve(photo));
    Files.copy(world.resolve("photo.png"), world.resolve(photo));
    Files.writeString(world.resolve(broken), "no picture");
    Files.writeString(cats.resolve(broken), "no picture");
    Files.writeString(world.resolve("classes.txt"), (hostile.strip() + "\n").repeat(5));
    Files.writeString(world.resolve("spec.yaml"), "models: [\"" + hostile + "\"]\n");
    for (List<String> words :
        List.of(
            List.of("score", "--model=tiny", photo, broken, hostile),
            List.of("score", "--model=" + hostile, photo),
            List.of("saliency", "--model=tiny", "--method=gradient", "--image=" + photo),
            List.of("probe", "--model=tiny", "--image=" + broken, "--out=" + hostile),
            List.of("evolve", "--model=tiny", "--generations=1", "--runs=1", "--out=" + hostile),
            List.of("heatmap", hostile),
            List.of("report", hostile),
            List.of("report", photo),
            List.of("dataset", "check", "photos"),
            List.of("evaluate", "--model=tiny", "--data=photos"),
            List.of("diagnose", "tiny", "photos/test", "--pictures=8"),
            List.of("sweep", "plan", "spec.yaml", "--out=plan"),
            List.of(
                "models", "import", "cats.onnx", "--name=c", "--cat=0", "--classes=classes.txt"),
            List.of("models", "show", "c"),
            List.of("models", "import", photo, "--name=d"),
            List.of("ablate", hostile),
            List.of(hostile),
            List.of("score", "--" + hostile))) {
      check(world, words);
    }
    Tree.delete(world);
  }

  private void check(Path world, List<String> words) throws IOException, InterruptedException {
    Jvm terminal =
        from.whisker().jvm().with("-Dwhisker.terminal=true").with("-Dwhisker.columns=80");
    Process process =
        new WhiskerProcess(terminal, null, "")
            .builder(world, words, List.of(), world.resolve("err"))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.PIPE)
            .start();
    try (InputStream said = process.getInputStream()) {
      String text = new String(said.readAllBytes(), StandardCharsets.UTF_8);
      int exitCode = process.waitFor();
      runs++;
      if (MOVES.matcher(text).find() || text.contains("unexpected:") || exitCode > 2) {
        problems.add(words + " ended with " + exitCode + " and said: " + text);
      }
    }
  }
}
