package org.whisker.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.command.Environment;
import org.whisker.command.TestEnvironment;
import org.whisker.feature.ablate.AblateCommand;
import org.whisker.feature.boundary.BoundaryCommand;
import org.whisker.feature.diagnose.DiagnoseCommand;
import org.whisker.feature.evolve.EvolveCommand;
import org.whisker.feature.explain.ExplainCommand;
import org.whisker.feature.league.LeagueCommand;
import org.whisker.feature.models.ModelsCommand;
import org.whisker.feature.models.NetworkCommand;
import org.whisker.feature.models.ScoreCommand;
import org.whisker.feature.position.HeatmapCommand;
import org.whisker.feature.position.ProbeCommand;
import org.whisker.feature.report.ReportCommand;
import org.whisker.feature.saliency.SaliencyCommand;
import org.whisker.feature.train.EvaluateCommand;
import org.whisker.image.Canvas;
import org.whisker.image.ImageFiles;
import org.whisker.image.PlanarImage;
import org.whisker.network.Network.FeatureShape;

/** No command says cat of a network that is asked for a dog: on streams, in tables and drawings. */
class DogEverywhereTest {
  private static final FeatureShape SHAPE = new FeatureShape(3, 16, 16);
  private static final Pattern CAT =
      Pattern.compile("(?<![a-z0-9])cats?(?![a-z0-9])", Pattern.CASE_INSENSITIVE);

  /** Pictures and names of styles within a page. */
  private static final Pattern EMBEDDED =
      Pattern.compile("base64,[A-Za-z0-9+/=]*|<style>.*?</style>", Pattern.DOTALL);

  private static final Pattern TEXT = Pattern.compile(".*\\.(?:csv|html|svg|json|md|txt|log)");

  @TempDir private Path home;
  private final Set<String> said = new TreeSet<>();

  @BeforeEach
  void dogs() throws Exception {
    Path file = new RandomNetwork(new Random(2), SHAPE, 2).write(home.resolve("net.onnx"));
    run(ModelsCommand::new, "models", "import", file.toString(), "--name=net", "--class=dog=0");
    for (String folder : List.of("train/dog", "train/not_dog", "test/dog", "test/not_dog")) {
      for (int i = 0; i < 8; i++) {
        float[] values = new float[3 * SHAPE.height() * SHAPE.width()];
        for (int at = 0; at < 3; at++) {
          OnnxRuntime.picture(new FeatureShape(1, 16, 16), 3 * i + at + folder.length())
              .paint(values, at * SHAPE.height() * SHAPE.width());
        }
        Path photo = Files.createDirectories(home.resolve("photos/" + folder)).resolve(i + ".png");
        ImageFiles.writePng(photo, PlanarImage.of(new Canvas(16, 16), values));
      }
    }
  }

  private void run(Function<Environment, Object> command, String... args) {
    TestEnvironment test = new TestEnvironment(home);
    int code = test.run(command, args);
    assertEquals(0, code, () -> String.join(" ", args) + ": " + test.err());
    look(args[0], test.out());
    look(args[0], test.err());
  }

  /** Runs a job, and looks at all that is in its folder. */
  private Path job(Function<Environment, Object> command, String... args) throws IOException {
    Path out = home.resolve(args[0] + "-" + args[1].replaceAll("[^a-z]", ""));
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--out=" + out));
    run(command, all.toArray(String[]::new));
    try (Stream<Path> files = Files.walk(out)) {
      for (Path each : files.filter(Files::isRegularFile).toList()) {
        look("name", home.relativize(each).toString());
        if (TEXT.matcher(each.toString()).matches()) {
          look(home.relativize(each).toString(), Files.readString(each));
        }
      }
    }
    return out;
  }

  private void look(String where, String text) {
    String words = EMBEDDED.matcher(text).replaceAll("");
    Matcher found = CAT.matcher(words);
    while (found.find()) {
      int from = Math.max(0, found.start() - 40);
      int to = Math.min(words.length(), found.end() + 40);
      said.add(where + ": " + words.substring(from, to).replace('\n', ' '));
    }
  }

  private Path photo(String name) {
    return home.resolve("photos").resolve(name);
  }

  private void saidNothing() {
    assertEquals("", String.join("\n", said));
  }

  @Test
  @EnabledIfSystemProperty(named = "whisker.every.command", matches = "true")
  void searchesAndMaps() throws IOException {
    Path run =
        job(
            EvolveCommand::new,
            "evolve",
            "--model=net",
            "--runs=2",
            "--generations=4",
            "--device=cpu");
    run(EvolveCommand::new, "evolve", "--resume=" + run, "--json");
    job(HeatmapCommand::new, "heatmap", run.toString());
    job(
        SaliencyCommand::new,
        "saliency",
        "--model=net",
        "--image=" + photo("test/dog/0.png"),
        "--image=" + run,
        "--method=quick",
        "--samples=4",
        "--steps=4",
        "--window=8",
        "--stride=4");
    job(ProbeCommand::new, "probe", "--model=net", "--count=1,5", "--draws=2", "--json");
    saidNothing();
  }

  @Test
  void boundaries() throws IOException {
    String dog = photo("test/dog/0.png").toString();
    String other = photo("test/not_dog/0.png").toString();
    job(BoundaryCommand::new, "boundary", "margins", "--model=net", "--max-flips=4", dog, other);
    job(BoundaryCommand::new, "boundary", "transfer", "--models=net", dog, other);
    saidNothing();
  }

  @Test
  void models() throws IOException {
    run(ScoreCommand::new, "score", "--model=net", photo("test/dog").toString(), "white");
    run(ScoreCommand::new, "score", "--model=net", "--json", photo("test/dog").toString());
    run(ModelsCommand::new, "models", "list");
    run(ModelsCommand::new, "models", "show", "net");
    run(ModelsCommand::new, "models", "show", "--json", "net");
    run(NetworkCommand::new, "network", "show", "--all", "net");
    job(EvaluateCommand::new, "evaluate", "--model=net", "--data=" + photo(""));
    job(DiagnoseCommand::new, "diagnose", "net", photo("test").toString(), "--pictures=8");
    saidNothing();
  }

  @Test
  @EnabledIfSystemProperty(named = "whisker.every.command", matches = "true")
  void experiments() throws IOException {
    job(
        AblateCommand::new,
        "ablate",
        "padding",
        "--model=net",
        "--runs=2",
        "--generations=2",
        "--max-evaluations=40");
    saidNothing();
  }

  /** Takes some minutes. */
  @Test
  @EnabledIfSystemProperty(named = "whisker.every.command", matches = "true")
  void longerCommands() throws IOException {
    Path run = home.resolve("run");
    run(EvolveCommand::new, "evolve", "--model=net", "--runs=2", "--generations=4", "--out=" + run);
    String[] photos = {photo("test/dog/0.png").toString(), photo("test/not_dog/0.png").toString()};
    job(
        BoundaryCommand::new,
        "boundary",
        "--model=net",
        "--from=" + photos[0],
        "--to=" + photos[1]);
    for (String what : List.of("attack", "counterfactual")) {
      job(BoundaryCommand::new, "boundary", what, "--model=net", photos[0], photos[1]);
    }
    job(BoundaryCommand::new, "boundary", "minimal", "--model=net", "--starts", run.toString());
    job(BoundaryCommand::new, "boundary", "transfer", "--models=net", run.toString());
    job(LeagueCommand::new, "league", "--model=net", "--runs=2", "--max-evaluations=40");
    String few = "--max-evaluations=40";
    Path report = job(ExplainCommand::new, "explain", "net", "--runs=2", "--generations=2", few);
    run(ReportCommand::new, "report", report.toString());
    saidNothing();
  }
}
