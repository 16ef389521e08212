package org.whisker.feature.saliency;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.Networks;
import org.whisker.cli.Folders;
import org.whisker.cli.TinyModels;
import org.whisker.command.CommandFixture;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.ImageFiles;
import org.whisker.io.Csv;
import org.whisker.io.Csv.CsvRow;
import org.whisker.io.JsonFile;
import org.whisker.io.Npy;
import org.whisker.network.Layer.Parameter;
import org.whisker.saliency.Method;
import org.whisker.saliency.method.Methods;
import org.whisker.weights.DType;
import org.whisker.weights.Weights;
import org.whisker.weights.Weights.Tensor;

class SaliencyCommandTest extends CommandFixture {
  private static final Canvas CANVAS = Canvas.square(TinyModels.SIDE);

  /** Where nobody looks at the charts as pictures: drawing them takes as long as explaining. */
  private static final String FORMAT = "--format=svg";

  private Path image = Path.of("");
  private Path photo = Path.of("");

  @BeforeEach
  void environment() throws IOException {
    TinyModels.save(home, "tiny");
    image = home.resolve("image.png");
    ImageFiles.writePng(image, BlackPixels.of(CANVAS, 40, 41, 500, 700, 900));
    photo = home.resolve("photo <1>.png");
    ImageFiles.writePng(photo, TinyModels.picture(40, 36, 0.5, 3));
  }

  private int saliency(Object... more) {
    return command(
        SaliencyCommand::new, List.of("saliency", "--model=tiny", "--device=cpu", "--quiet"), more);
  }

  private static Map<String, CsvRow> summary(Path out) throws IOException {
    Map<String, CsvRow> rows = new HashMap<>();
    for (CsvRow row : Csv.rows(out.resolve("summary.csv"))) {
      rows.put(row.text("image") + " " + row.text("method"), row);
    }
    return rows;
  }

  private static CsvRow row(Map<String, CsvRow> rows, String name) {
    CsvRow row = rows.get(name);
    if (row == null) {
      throw new AssertionError("no row of " + name + " in " + rows.keySet());
    }
    return row;
  }

  @Test
  void severalModelsShareTheScalesOfTheirMaps() throws IOException {
    TinyModels.save(home, "other");
    Path out = home.resolve("both");
    assertEquals(0, gradients("tiny,other", out), test.err());
    assertTrue(Files.readString(out.resolve("compared.svg")).contains("occlusion"));
    for (String model : List.of("tiny", "other")) {
      Path alone = home.resolve("alone-" + model);
      assertEquals(0, gradients(model, alone), test.err());
      assertEquals(
          Files.readString(alone.resolve("summary.csv")),
          Files.readString(out.resolve(model).resolve("summary.csv")));
    }
    FileTime before = Files.getLastModifiedTime(out.resolve("tiny/images/photo-1/gradient.csv"));
    Files.delete(out.resolve("other/images/photo-1/gradient.csv"));
    Path manifest = out.resolve("manifest.json"); // as if it had ended before the other model
    Files.writeString(manifest, Files.readString(manifest).replace("\"done\"", "\"stopped\""));
    assertEquals(0, test.run(SaliencyCommand::new, "saliency", "--resume", out.toString()));
    assertTrue(Files.exists(out.resolve("other/images/photo-1/gradient.csv")));
    assertEquals(
        before, Files.getLastModifiedTime(out.resolve("tiny/images/photo-1/gradient.csv")));
  }

  @Test
  void aFigureHasPhotosInItsRowsAndModelsInItsColumns() throws IOException {
    TinyModels.save(home, "other");
    Path out = home.resolve("both");
    assertEquals(0, gradients("tiny,other", out, "--layout=photos-by-models"), test.err());
    String figure = Files.readString(out.resolve("figure-gradient.svg"));
    assertEquals(3, figure.split("<image ", -1).length - 1, "the photo, and a map of each model");
    assertTrue(Files.exists(out.resolve("figure-occlusion.svg")));
    assertFalse(Files.exists(out.resolve("compared.png")), "a format that was not asked for");
    Path alone = home.resolve("alone");
    assertEquals(2, gradients("tiny", alone, "--layout=models-by-photos"));
    assertTrue(test.err().contains("name them, as in --model a,b"), test.err());
    assertEquals(0, gradients("tiny", alone, "--layout=methods-by-photos"), test.err());
    assertTrue(Files.exists(alone.resolve("figure.svg")));
  }

  private int gradients(String models, Path out, String... further) {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("saliency", "--model=" + models, "--device=cpu", "--quiet"));
    words.addAll(List.of(further));
    Object[] more = {
      FORMAT, "--image", photo, "--method=gradient,occlusion", "--window=8", "--out", out
    };
    return command(SaliencyCommand::new, words, more);
  }

  @Test
  void aModelThatIsNamedTwiceIsRefused() {
    assertEquals(2, gradients("tiny,tiny", home.resolve("out")));
    assertTrue(test.err().contains("names tiny twice"), test.err());
    assertEquals(2, gradients("tiny,", home.resolve("out")));
    assertTrue(test.err().contains("a comma without a model"), test.err());
  }

  @Test
  void allModelsAreLookedForBeforeAnyMapIsMade() {
    assertEquals(1, gradients("tiny,missing", home.resolve("out")));
    assertTrue(test.err().contains("missing"), test.err());
    assertFalse(Files.exists(home.resolve("out")));
  }

  @Test
  void anImageThatIsMissingLeavesNoFolder() throws IOException {
    TinyModels.save(home, "other");
    Files.delete(photo);
    assertEquals(1, gradients("tiny,other", home.resolve("out")));
    assertTrue(test.err().contains("does not exist"), test.err());
    assertFalse(Files.exists(home.resolve("out")));
  }

  @Test
  void allMethodsOfAnEvolvedImage() throws IOException {
    Path out = home.resolve("out");
    int code =
        saliency("--image", image, "--method=all", "--samples=20", "--steps=9", "--out", out);
    assertEquals(0, code, test.err());
    assertEquals("", test.err());
    assertEquals(
        Set.of(
            ".lock",
            "images",
            "gallery.png",
            "gallery.svg",
            "index.html",
            "COLUMNS.md",
            "manifest.json",
            "summary.csv"),
        Folders.names(out));
    Set<String> files = Folders.names(out.resolve("images/image"));
    for (Method method : ofAnyNetwork()) {
      String stem = method.label().replace("++", "-plus-plus");
      for (String end : List.of(".csv", ".npy", ".png", ".json", "-profile.csv", "-profile.png")) {
        assertTrue(files.contains(stem + end), stem + end);
      }
    }
    assertTrue(
        files.containsAll(
            List.of(
                "picture.png",
                "layers.csv",
                "layers.png",
                "occlusion-coverage.npy",
                "occlusion-coverage.csv",
                "occlusion-coverage.png",
                "rise-coverage.npy",
                "rise-standard-error.png",
                "shapley-standard-error.csv",
                "grad-cam-grid.npy")));
    assertTrue(files.stream().noneMatch(name -> name.contains("partial")), files.toString());
    Map<String, CsvRow> rows = summary(out);
    CsvRow occlusion = row(rows, "image occlusion");
    assertEquals(25, occlusion.number("windows")); // 5 by 5 places of 16x16 every 4
    assertEquals(
        25,
        occlusion.number("scored")
            + occlusion.number("unchanged")
            + occlusion.number("duplicates"));
    assertTrue(occlusion.text("settings").contains("fill white"), occlusion.toString());
    assertTrue(test.out().contains("25 windows, "), test.out());
    CsvRow shapley = row(rows, "image shapley");
    assertEquals(0, shapley.number("completeness_error"), 1e-4);
    assertTrue(shapley.number("mean_standard_error") > 0);
    double[] values = Npy.read(out.resolve("images/image/shapley.npy")).values();
    for (int i = 0; i < values.length; i++) {
      assertTrue(values[i] == 0 || List.of(40, 41, 500, 700, 900).contains(i), "pixel " + i);
    }
    String page = Files.readString(out.resolve("index.html"));
    for (Method method : ofAnyNetwork()) {
      assertTrue(page.contains("Map of image by " + method.label()), method.label());
    }
  }

  @Test
  void photosAndWhiteHaveTheMethodsThatSuitThem() throws IOException {
    Path out = home.resolve("out");
    assertEquals(0, saliency("--image", photo, "white", FORMAT, "--out", out), test.err());
    Map<String, CsvRow> rows = summary(out);
    assertFalse(rows.containsKey("photo <1> leave-one-out"));
    String manifest = Files.readString(out.resolve("manifest.json"));
    assertFalse(manifest.contains("needs black pixels"), "a first look chooses by the picture");
    assertEquals("1", row(rows, "white leave-one-out").text("zero"));
    assertEquals("1", row(rows, "photo <1> gradient").text("resized"));
    assertTrue(row(rows, "photo <1> occlusion").text("settings").contains("fill mean"));
    assertTrue(row(rows, "white occlusion").text("settings").contains("fill black"));
    assertTrue(test.out().contains("zero everywhere: nothing stands out"), test.out());
    String page = Files.readString(out.resolve("index.html"));
    assertTrue(page.contains("photo &lt;1&gt;"));
    assertFalse(page.contains("photo <1>"));
    assertTrue(Files.isDirectory(out.resolve("images/photo-1")));
    // the rolled null is what the page and the table say
    assertTrue(row(rows, "white gradient").number("p_edge_index") > 0);
  }

  @Test
  void badImagesAreNamedAndTheOthersGoOn() throws IOException {
    Path folder = home.resolve("folder");
    Files.createDirectories(folder);
    Files.copy(image, folder.resolve("a.png"));
    Files.writeString(folder.resolve("b.png"), "no image");
    Files.write(folder.resolve("c.png"), bomb());
    Path out = home.resolve("out");
    int code =
        saliency(
            "--image", folder, home.resolve("none.png"), "--method=gradient", FORMAT, "--out", out);
    assertEquals(1, code);
    List<String> lines = test.err().lines().toList();
    assertEquals(3, lines.size(), test.err());
    assertTrue(lines.get(0).contains("b.png is not an image"), test.err());
    assertTrue(lines.get(1).contains("c.png is 60000x60000, over 100 megapixels"), test.err());
    assertTrue(lines.get(2).contains("none.png does not exist"), test.err());
    assertEquals(Set.of("a gradient"), summary(out).keySet());
  }

  @Test
  void aRunThatDidNotEndIsNamedAndTheOthersGoOn() throws IOException {
    Path evolved = home.resolve("evolved");
    for (String run : List.of("1", "2")) {
      Path folder = evolved.resolve("runs").resolve(run);
      Files.createDirectories(folder);
      Files.copy(image, folder.resolve("best.png"));
    }
    String pixels = "x,y\n8,1\n9,1\n20,15\n28,21\n4,28\n";
    Files.writeString(evolved.resolve("runs/2/best.csv"), pixels);
    Path out = home.resolve("out");
    assertEquals(1, saliency("--image", evolved, "--method=leave-one-out", FORMAT, "--out", out));
    assertEquals(1, test.err().lines().count(), test.err());
    assertTrue(test.err().contains("runs/1 has no best.csv"), test.err());
    assertEquals(Set.of("evolved run 2 leave-one-out"), summary(out).keySet());
    assertTrue(Files.isDirectory(out.resolve("images/evolved-run-2")));
  }

  /** A PNG of a few bytes whose header says that it has 3.6 gigapixels. */
  private static byte[] bomb() {
    byte[] header =
        ByteBuffer.allocate(17)
            .put("IHDR".getBytes(StandardCharsets.US_ASCII))
            .putInt(60000)
            .putInt(60000)
            .put(new byte[] {8, 0, 0, 0, 0})
            .array();
    CRC32 crc = new CRC32();
    crc.update(header);
    return ByteBuffer.allocate(8 + 25 + 12)
        .putLong(0x89504e470d0a1a0aL)
        .putInt(13)
        .put(header)
        .putInt((int) crc.getValue())
        .putInt(0)
        .array();
  }

  @Test
  void aMethodAskedForByNameThatCannotBeIsAFailure() throws IOException {
    Path out = home.resolve("out");
    int code = saliency("--image", photo, "--method=shapley,gradient", FORMAT, "--out", out);
    assertEquals(1, code);
    assertEquals(1, test.err().lines().count(), test.err());
    assertTrue(test.err().contains("photo <1>: shapley needs black pixels on white"), test.err());
    assertEquals(Set.of("photo <1> gradient"), summary(out).keySet());
  }

  @Test
  void verifiesWindowsByFullPasses() throws IOException {
    Path out = home.resolve("out");
    int code =
        saliency(
            "--image",
            image,
            "--method=occlusion",
            "--window=4x3",
            "--stride=2",
            "--border=wrap",
            "--verify",
            FORMAT,
            "--out",
            out);
    assertEquals(0, code, test.err());
    CsvRow row = row(summary(out), "image occlusion");
    assertEquals(16 * 16, row.number("windows"));
    assertTrue(row.number("verified") > 64, row.toString());
    assertTrue(row.number("largest_difference") <= 1e-4, row.toString());
    assertTrue(test.out().contains("verified, largest difference"), test.out());
  }

  @Test
  void bfloat16IsNotVerified() {
    Path out = home.resolve("out");

    int code =
        saliency(
            "--image",
            image,
            "--method=occlusion",
            "--verify",
            "--precision=bfloat16",
            "--out",
            out);
    assertEquals(2, code, test.err());
    assertTrue(test.err().contains("take --precision float32"), test.err());
    assertFalse(Files.exists(out));
  }

  @Test
  void saysHowFarMapsCanBeBelieved() throws IOException {
    Path out = home.resolve("out");
    int code =
        saliency("--image", image, "--method=gradient,occlusion", "--faithfulness", "--out", out);
    assertEquals(0, code, test.err());
    assertTrue(
        Folders.names(out)
            .containsAll(
                List.of("faithfulness.csv", "curves.csv", "randomisation.csv", "agreement.csv")));
    assertTrue(
        Folders.names(out.resolve("images/image"))
            .containsAll(List.of("deletion-insertion.png", "randomisation.png", "agreement.png")));
    List<CsvRow> rows = Csv.rows(out.resolve("faithfulness.csv"));
    assertEquals(2, rows.size());
    assertTrue(rows.get(1).number("infidelity_scaled") <= rows.get(1).number("infidelity"));
    assertEquals(12, Csv.rows(out.resolve("randomisation.csv")).size());
    assertTrue(test.out().matches("(?s).*ORDER +DELETION +P +INSERTION +P.*"), test.out());
    assertTrue(test.out().contains("towards the target first"), test.out());
    assertTrue(Files.readString(out.resolve("index.html")).contains("Are the maps faithful?"));
  }

  @Test
  void aConstantNetworkIsSaidToBeOneAndAnOblongInputWorks() throws IOException {
    ModelCard card = TinyModels.card("flat");
    ModelCard oblong =
        new ModelCard(
            "flat",
            card.architecture(),
            new ModelCard.Input(1, 40, 33),
            card.preprocessing(),
            card.output(),
            card.padding(),
            null,
            null,
            card.weights(),
            card.created(),
            card.whiskerVersion());
    Map<String, Tensor> zeros = new HashMap<>();
    for (Parameter p : Networks.of(oblong).parameters()) {
      zeros.put(p.name(), Tensor.of(p.shape(), new float[Math.toIntExact(p.size())]));
    }
    new ModelStore(home.resolve("models")).save(oblong, Weights.of(zeros), DType.F32);
    Path out = home.resolve("out");
    int code =
        test.run(
            SaliencyCommand::new,
            "saliency",
            "--model=flat",
            "--device=cpu",
            "--quiet",
            "--image=white",
            "--image=" + photo,
            "--method=all",
            "--samples=4",
            "--steps=2", // a constant has no path to follow
            "--faithfulness",
            FORMAT,
            "--out=" + out);
    assertEquals(0, code, test.err());
    for (CsvRow row : summary(out).values()) {
      assertEquals("1", row.text("zero"));
      assertEquals("", row.text("edge_index"));
      assertEquals(33, row.integer("width"));
      assertEquals(40, row.integer("height"));
    }
    assertEquals(
        "", Csv.rows(out.resolve("faithfulness.csv")).get(0).text("rho_all_layers_randomised"));
    assertFalse(Files.readString(out.resolve("summary.csv")).contains("NaN"));
    assertFalse(Files.readString(out.resolve("faithfulness.csv")).contains("NaN"));
  }

  @Test
  void goesOnAndKeepsWhatIsThere() throws IOException {
    Path whole = home.resolve("whole");
    Object[] options = {"--image", image, "--method=gradient,occlusion"};
    assertEquals(0, saliency(options[0], options[1], options[2], "--out", whole), test.err());
    Path half = home.resolve("half");
    Path own = half.resolve("images/image");
    Files.createDirectories(own);
    for (String name : Folders.names(whole.resolve("images/image"))) {
      if (name.startsWith("gradient")) {
        Files.copy(whole.resolve("images/image").resolve(name), own.resolve(name));
      }
    }
    Path manifest = half.resolve("manifest.json");
    Files.copy(whole.resolve("manifest.json"), manifest);
    FileTime longAgo = FileTime.fromMillis(1000);
    Files.setLastModifiedTime(own.resolve("gradient.csv"), longAgo);
    assertEquals(0, saliency(options[0], options[1], options[2], "--resume", whole), test.err());
    assertTrue(test.out().contains("is done; there is nothing left to do"), test.out());
    Files.writeString(manifest, Files.readString(manifest).replace("\"done\"", "\"stopped\""));
    assertEquals(2, saliency(options[0], options[1], "--method=rise", "--resume", half));
    assertTrue(test.err().contains("leave out --method=rise"), test.err());
    assertEquals(0, saliency("--resume", half), test.err());
    // the gradient was there and was not made again
    assertEquals(longAgo, Files.getLastModifiedTime(own.resolve("gradient.csv")));
    assertArrayEquals(
        Files.readAllBytes(whole.resolve("summary.csv")),
        Files.readAllBytes(half.resolve("summary.csv")));
    assertArrayEquals(
        Files.readAllBytes(whole.resolve("gallery.png")),
        Files.readAllBytes(half.resolve("gallery.png")));
    JsonNode done = JsonFile.read(manifest);
    assertEquals("done", done.path("status").asText());
  }

  private static List<Method> ofAnyNetwork() {
    return Methods.all().stream().filter(method -> !method.need().isOfTokens()).toList();
  }

  @Test
  void listsTheMethods() {
    assertEquals(0, test.run(SaliencyCommand::new, "saliency", "--method=list"));
    for (Method method : Methods.all()) {
      assertTrue(test.out().contains(method.line()), test.out());
    }
  }

  @Test
  void helpHasExamples() {
    assertEquals(0, test.run(SaliencyCommand::new, "saliency", "--help"));
    assertTrue(test.out().contains("Examples:"), test.out());
  }

  @Test
  void aMistypedMethodIsGuessed() {
    assertEquals(2, saliency("--image=white", "--method=smothgrad"));
    assertTrue(test.err().contains("'smothgrad' (like smoothgrad?)"), test.err());
  }

  @Test
  void aBaselineOfAnotherSizeIsRefused() {
    String method = "--method=gradient-x-input";
    assertEquals(2, saliency("--image", image, method, "--baseline", photo), test.err());
    assertTrue(test.err().contains("is 40x36, the model takes 32x32"), test.err());
    assertTrue(test.err().contains("--resize"), test.err());
    int code = saliency("--image", image, method, "--baseline", photo, "--resize", FORMAT);
    assertEquals(0, code, test.err());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--method=odd",
        "--layer=odd",
        "--upsample=odd",
        "--window=33",
        "--window=0",
        "--window=3y3",
        "--stride=17",
        "--stride=0",
        "--border=odd",
        "--fill=odd",
        "--fill=gray:7",
        "--baseline=odd",
        "--samples=3",
        "--steps=0",
        "--noise=-0.5",
        "--noise=NaN",
        "--batch=0",
        "--per-group=0"
      })
  void impossibleOptions(String option) {
    assertEquals(2, saliency("--image=white", option), test.err());
    assertEquals(1, test.err().lines().count(), test.err());
    assertTrue(test.err().contains(option.substring(option.indexOf('=') + 1)), test.err());
    assertTrue(test.err().contains(option.substring(0, option.indexOf('='))), test.err());
    assertFalse(Files.exists(home.resolve("analyses")));
  }

  @Test
  void howPicturesAreGivenIsSaid() {
    assertEquals(2, saliency("a.png"));
    assertTrue(test.err().contains("'a.png' (a picture is given by --image); see"), test.err());
  }

  @Test
  void anUnknownLayerListsThose() {
    assertEquals(2, saliency("--image=white", "--layer=odd"));
    assertTrue(test.err().contains("features.1, features.2"), test.err());
  }

  @Test
  void modelAndImageAreNeeded() {
    assertEquals(2, saliency());
    assertTrue(test.err().contains("--image"), test.err());
    assertEquals(2, test.run(SaliencyCommand::new, "saliency", "--image=white"));
    assertTrue(test.err().contains("--model"), test.err());
  }
}
