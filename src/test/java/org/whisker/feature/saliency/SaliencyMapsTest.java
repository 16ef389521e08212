package org.whisker.feature.saliency;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.chart.file.ChartFiles;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.PatchScorer;
import org.whisker.classifier.PatchScorer.PatchClassifier;
import org.whisker.feature.saliency.MethodConfig.SaliencySettings;
import org.whisker.feature.saliency.OcclusionConfig.OcclusionWindows;
import org.whisker.feature.saliency.OcclusionConfig.ReferenceGray;
import org.whisker.feature.saliency.SaliencyCharts.Writing;
import org.whisker.feature.saliency.SaliencyJob.SaliencyMaps;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.ImageFiles;
import org.whisker.image.Patch;
import org.whisker.image.Raster;
import org.whisker.image.Tones;
import org.whisker.job.JobListener.Progress;
import org.whisker.saliency.Attribution;
import org.whisker.saliency.CamOptions.Upsampling;
import org.whisker.saliency.Method;
import org.whisker.saliency.OcclusionOptions.OcclusionBorder;
import org.whisker.saliency.SaliencyMap.SignConvention;
import org.whisker.saliency.SaliencyMethod;
import org.whisker.saliency.method.InputGradient;
import org.whisker.saliency.method.LeaveOneOutMethod;
import org.whisker.saliency.method.OcclusionMethod;
import org.whisker.saliency.method.RiseMethod;
import org.whisker.saliency.method.ShapleyMethod;
import org.whisker.saliency.result.ExplainedMap;
import org.whisker.saliency.result.SaliencyFiles.SavedAttribution;
import org.whisker.saliency.result.SaliencyFolder;
import org.whisker.saliency.result.SaliencyFolder.FolderMap;
import org.whisker.saliency.result.SaliencyRow;

class SaliencyMapsTest {
  @TempDir Path folder;

  /** Logit 0 always; its quick way is off by so much. Has no gradients. */
  private record Off(Canvas canvas, float by) implements PatchClassifier {
    @Override
    public String name() {
      return "off";
    }

    @Override
    public float[] logits(List<? extends Raster> pictures) {
      return new float[pictures.size()];
    }

    @Override
    public PatchScorer patches(Raster base) {
      return new PatchScorer() {
        @Override
        public float baseLogit() {
          return 0;
        }

        @Override
        public float[] logits(List<Patch> patches) {
          float[] logits = new float[patches.size()];
          Arrays.fill(logits, by);
          return logits;
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public void close() {}
  }

  private static SaliencyImages.Named image(Canvas canvas) {
    Raster raster = BlackPixels.of(canvas, 0);
    return new SaliencyImages.Named(
        new ExplainedMap.Picture("a", "a", "a.png", raster, false, 0, 0.5), Tones.standard());
  }

  private SaliencyMaps maps(Classifier classifier, boolean byName, Method... methods) {
    int side = Math.min(3, classifier.canvas().width());
    ReferenceGray auto = ReferenceGray.parse("--fill", ReferenceGray.AUTO);
    SaliencySettings settings =
        new SaliencySettings(
            auto,
            5,
            "",
            Upsampling.NEAREST,
            4,
            OptionalDouble.empty(),
            8,
            OptionalInt.empty(),
            4,
            new OcclusionWindows(side, side, 1, OcclusionBorder.FULL_WINDOWS, auto, 5),
            1);
    return new SaliencyMaps(classifier, settings, List.of(methods), byName, false, 8, folder);
  }

  private SaliencyMaps.Outcome run(SaliencyMaps maps) throws IOException {
    List<SaliencyImages.Named> images = List.of(image(maps.classifier().canvas()));
    return maps.of(images, () -> false, Progress.silent());
  }

  @Test
  void aQuickWayThatIsOffIsAFailure() throws IOException {
    Off off = new Off(Canvas.square(6), 2e-4f);
    SaliencyMaps.Outcome found = run(maps(off, true, OcclusionMethod.METHOD));
    assertEquals(1, found.failures().size());
    assertTrue(found.failures().get(0).contains("2.00e-04 logits"), found.failures().toString());
    assertEquals(1, found.maps().size());
    Off little = new Off(Canvas.square(6), 5e-5f);
    Files.delete(folder.resolve("images/a/occlusion.json"));
    assertEquals(List.of(), run(maps(little, true, OcclusionMethod.METHOD)).failures());
  }

  @Test
  void aModelWithoutGradientsIsNamedAndTheOtherMethodsGoOn() throws IOException {
    Off off = new Off(Canvas.square(6), 0);
    SaliencyMaps.Outcome found = run(maps(off, true, InputGradient.METHOD, OcclusionMethod.METHOD));
    assertEquals(List.of("a: gradient needs gradients, which off has not"), found.failures());
    assertEquals(1, found.maps().size());
    SaliencyMaps.Outcome all = run(maps(off, false, InputGradient.METHOD, OcclusionMethod.METHOD));
    assertEquals(List.of(), all.failures());
    assertEquals(1, all.notes().size());
  }

  /** A method that finds, as it runs, that the network's maps are not what it is defined on. */
  private record Undefined() implements SaliencyMethod {
    static final Method METHOD =
        new Method(
            "undefined",
            Method.Need.NONE,
            "gray",
            SignConvention.MAGNITUDE,
            "none",
            set -> new Undefined());

    @Override
    public Method method() {
      return METHOD;
    }

    @Override
    public String options() {
      return "";
    }

    @Override
    public Optional<Attribution> explain(MethodInput input) {
      throw new NoMapException("a sum below 0");
    }
  }

  @Test
  void aMethodWithoutAMapOfThisNetworkIsAFailureOnlyWhereItWasNamed() throws IOException {
    Off off = new Off(Canvas.square(6), 0);
    SaliencyMaps.Outcome named = run(maps(off, true, Undefined.METHOD, OcclusionMethod.METHOD));
    assertEquals(List.of("a: a sum below 0"), named.failures());
    SaliencyMaps.Outcome all = run(maps(off, false, Undefined.METHOD, OcclusionMethod.METHOD));
    assertEquals(List.of(), all.failures());
    assertEquals(List.of("a: a sum below 0"), all.notes());
    assertEquals(1, all.maps().size());
  }

  @Test
  void aSinglePixelWorks() throws IOException {
    Off off = new Off(new Canvas(1, 1), 0);
    SaliencyMaps.Outcome found =
        run(
            maps(
                off,
                true,
                OcclusionMethod.METHOD,
                RiseMethod.METHOD,
                LeaveOneOutMethod.METHOD,
                ShapleyMethod.METHOD));
    assertEquals(List.of(), found.failures());
    assertEquals(4, found.maps().size());
    for (ExplainedMap map : found.maps()) {
      SaliencyRow row = SaliencyRow.of(map);
      Path own = folder.resolve("images/a");
      GrayImage gray = ImageFiles.readGray(own.resolve("picture.png"));
      SaliencyFolder.Picture picture = new SaliencyFolder.Picture(own, "a", false, 0.5, gray);
      for (Writing chart : SaliencyFigures.of(FolderMap.read(picture, row), ChartFiles.of(own))) {
        chart.write();
      }
    }
    assertTrue(Files.size(folder.resolve("images/a/rise.png")) > 500);
  }

  @Test
  void stopsBetweenMethods() throws IOException {
    Off off = new Off(Canvas.square(6), 0);
    SaliencyMaps.Outcome found =
        maps(off, true, OcclusionMethod.METHOD)
            .of(List.of(image(off.canvas())), () -> true, Progress.silent());
    assertTrue(found.stopped());
    assertEquals(List.of(), found.maps());
  }

  @Test
  void aSavedMapComesBackWhole() throws IOException {
    Off off = new Off(Canvas.square(6), 1);
    var made = run(maps(off, true, OcclusionMethod.METHOD)).maps().get(0).attribution();
    var read =
        new SavedAttribution(folder.resolve("images/a"), "occlusion")
            .read(OcclusionMethod.METHOD)
            .orElseThrow();
    assertEquals(made, read);
  }

  @Test
  void aSavedMapThatWasChangedIsMadeAgain() throws IOException {
    Off off = new Off(Canvas.square(6), 1);
    run(maps(off, true, OcclusionMethod.METHOD));
    Path own = folder.resolve("images/a");
    for (String name :
        List.of("occlusion.csv", "occlusion.npy", "occlusion-profile.csv", "occlusion.json")) {
      Path file = own.resolve(name);
      byte[] before = Files.readAllBytes(file);
      byte[] changed = before.clone();
      changed[changed.length - 3] ^= 1;
      for (byte[] damaged : List.of(changed, new byte[0])) {
        Files.write(file, damaged);
        run(maps(off, true, OcclusionMethod.METHOD));
        assertArrayEquals(before, Files.readAllBytes(file), name);
      }
      Files.delete(file);
      run(maps(off, true, OcclusionMethod.METHOD));
      assertArrayEquals(before, Files.readAllBytes(file), name);
    }
  }
}
