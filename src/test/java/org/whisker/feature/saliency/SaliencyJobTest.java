package org.whisker.feature.saliency;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.cli.TinyModels;
import org.whisker.command.TestEnvironment;
import org.whisker.feature.FolderCharts;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.ImageFiles;
import org.whisker.io.JsonFile;
import org.whisker.job.ConfigJson;
import org.whisker.job.JobContext;
import org.whisker.job.JobContext.StopSignal;
import org.whisker.job.JobContext.WhiskerHome;
import org.whisker.job.JobListener;
import org.whisker.saliency.CamOptions.Upsampling;
import org.whisker.saliency.OcclusionOptions.OcclusionBorder;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.SaliencyMap.SignConvention;
import org.whisker.saliency.result.SaliencyFolder;
import org.whisker.saliency.result.SaliencyFolder.FolderMap;
import org.whisker.saliency.result.SaliencyFolder.PictureMap;

class SaliencyJobTest {
  @TempDir Path home;
  private Path image = Path.of("");

  @BeforeEach
  void model() throws IOException {
    TinyModels.save(home, "tiny");
    image = home.resolve("image.png");
    ImageFiles.writePng(image, BlackPixels.of(Canvas.square(TinyModels.SIDE), 40, 41, 500, 900));
  }

  private JobContext context(JobListener listener, StopSignal stop) {
    return new JobContext(new WhiskerHome(home), TestEnvironment.CLOCK, listener, stop);
  }

  private SaliencyConfig config(String... methods) {
    return SaliencyConfig.of("tiny", image.toString())
        .withMethods(methods)
        .on("cpu", "float32")
        .withSettings(
            MethodConfig.standard().withOcclusion(OcclusionConfig.standard().withWindow(8, 8, 8)));
  }

  /** What a Java program does for the occlusion map of one picture. */
  @Test
  void occlusionOfOnePicture() throws IOException {
    JobContext context = context(JobListener.silent(), StopSignal.never());
    SaliencyResult result =
        new SaliencyJob(context).run(config("occlusion"), Optional.empty()).orElseThrow();
    FolderMap map = SaliencyFolder.read(result.folder()).maps().get(0);
    assertEquals("logits", map.map().unit());
    assertEquals(TinyModels.SIDE * TinyModels.SIDE, map.map().values().length);
    assertEquals(16, map.row().diagnosed().windows().orElseThrow());
    assertTrue(result.done());
    // charts are drawn by who wants them
    Path png = map.picture().folder().resolve("occlusion.png");
    assertFalse(Files.exists(png));
    FolderCharts.draw(result.folder());
    assertTrue(Files.size(png) > 500);
  }

  /** As Captum's users expect it: above 0 is towards the target, cat. */
  @Test
  void mapsTowardTheTargetAreTheSameTurned() throws IOException {
    SaliencyConfig own = config("gradient", "leave-one-out");
    JobContext context = context(JobListener.silent(), StopSignal.never());
    SaliencyResult before = new SaliencyJob(context).run(own, Optional.empty()).orElseThrow();
    SaliencyResult turned =
        new SaliencyJob(context)
            .run(own.withToward("target"), Optional.of(home.resolve("turned")))
            .orElseThrow();
    for (int i = 0; i < before.maps().size(); i++) {
      FolderMap a = before.read().get(i);
      FolderMap b = turned.read().get(i);
      int sign = a.map().isCatAbove() ? 1 : -1;
      for (int at = 0; at < a.map().values().length; at++) {
        assertEquals(sign * a.map().values()[at], b.map().values()[at], 0f);
      }
      assertTrue(b.map().isCatAbove());
      assertTrue(b.row().sign().contains("more cat"), b.row().sign());
      assertEquals(a.row().edgeIndex(), b.row().edgeIndex());
    }
    Path csv = turned.read().get(0).picture().folder().resolve("gradient.csv");
    assertTrue(Files.readAllLines(csv).get(0).endsWith("_towards_cat"), csv.toString());
    assertTrue(JsonFile.read(turned.folder().resolve("manifest.json")).path("toward").isTextual());
    assertThrows(IllegalArgumentException.class, () -> own.withToward("dog"));
  }

  @Test
  void aStoppedJobKeepsItsMapsAndGoesOnFromItsManifest() throws IOException {
    Path whole = home.resolve("whole");
    SaliencyConfig config = config("gradient", "occlusion", "leave-one-out");
    new SaliencyJob(context(JobListener.silent(), StopSignal.never()))
        .run(config, Optional.of(whole));
    Path out = home.resolve("out");
    List<Path> told = new ArrayList<>();
    JobListener listener =
        new JobListener() {
          @Override
          public void tablesWritten(Path folder) {
            told.add(folder);
          }
        };
    AtomicInteger asked = new AtomicInteger();
    SaliencyResult stopped =
        new SaliencyJob(context(listener, () -> () -> asked.incrementAndGet() > 1))
            .run(config, Optional.of(out))
            .orElseThrow();
    assertFalse(stopped.done());
    assertEquals(1, stopped.maps().size());
    assertEquals(List.of(out), told);
    JsonNode manifest = JsonFile.read(out.resolve("manifest.json"));
    assertEquals("stopped", manifest.path("status").asText());
    assertEquals("Stopped after 1 of 3 maps.", manifest.path("notes").path(0).asText());
    SaliencyResult done =
        new SaliencyJob(context(listener, StopSignal.never())).resume(out).orElseThrow();
    assertTrue(done.done());
    assertArrayEquals(
        Files.readAllBytes(whole.resolve("summary.csv")),
        Files.readAllBytes(out.resolve("summary.csv")));
    assertTrue(JsonFile.read(out.resolve("manifest.json")).path("notes").isEmpty());
  }

  @Test
  void anotherPictureUnderTheSameNameIsNotMixedIn() throws IOException {
    Path out = home.resolve("out");
    SaliencyJob job = new SaliencyJob(context(JobListener.silent(), StopSignal.never()));
    job.run(config("gradient"), Optional.of(out));
    ImageFiles.writePng(image, BlackPixels.of(Canvas.square(TinyModels.SIDE), 7));
    IOException e = assertThrows(IOException.class, () -> job.resume(out));
    assertTrue(String.valueOf(e.getMessage()).contains("results would be mixed"), e.toString());
  }

  @Test
  void aConfigurationComesBack() throws IOException {
    SaliencyConfig config =
        config("rise", "gradient")
            .withFaithfulness()
            .withSeed(7)
            .withSettings(
                new MethodConfig(
                    Optional.of("features.3"),
                    Optional.of(Upsampling.BILINEAR),
                    "gray:0.3",
                    9,
                    OptionalInt.of(6),
                    OptionalInt.of(30),
                    OptionalDouble.of(0.05),
                    new OcclusionConfig(
                        Optional.of(new OcclusionConfig.Size(12, 20)),
                        OptionalInt.empty(),
                        OcclusionBorder.WRAP,
                        "blur:4",
                        true)));
    assertEquals(List.of("gradient", "rise"), config.methods());
    assertEquals(
        config, ConfigJson.read(ConfigJson.write(config), SaliencyConfig.class, Path.of("x.json")));
  }

  private SaliencyResult run(SaliencyConfig config, String out) throws IOException {
    return new SaliencyJob(context(JobListener.silent(), StopSignal.never()))
        .run(config, Optional.of(home.resolve(out)))
        .orElseThrow();
  }

  private static PictureMap map(SaliencyResult of, int which) throws IOException {
    return SaliencyFolder.read(of.folder()).maps().get(which).map();
  }

  /** The map itself, what is said of it, and the manifest; methods without a layer are the same. */
  @Test
  void upsamplingIsPartOfTheMap() throws IOException {
    SaliencyConfig config = config("gradient", "grad-cam", "eigen-cam");
    SaliencyResult nearest = run(config, "nearest");
    SaliencyResult bilinear =
        run(config.withSettings(config.settings().withUpsampling(Upsampling.BILINEAR)), "bilinear");
    assertArrayEquals(map(nearest, 0).values(), map(bilinear, 0).values());
    for (int i = 1; i < 3; i++) {
      FolderMap map = SaliencyFolder.read(bilinear.folder()).maps().get(i);
      PictureMap grid = map.companions().get(0).map();
      SaliencyMap of =
          new SaliencyMap(
              grid.canvas(), grid.values(), "", "", SignConvention.FEATURES_TOWARDS_TARGET);
      assertArrayEquals(
          Upsampling.BILINEAR.apply(of, map.map().canvas()).values(), map.map().values());
      assertFalse(Arrays.equals(map(nearest, i).values(), map.map().values()));
      assertTrue(map.row().settings().endsWith(", bilinear"), map.row().settings());
      assertFalse(nearest.maps().get(i).settings().contains("nearest"));
      assertFalse(nearest.maps().get(i).edgeIndex().equals(map.row().edgeIndex()));
    }
    JsonNode manifest = JsonFile.read(bilinear.folder().resolve("manifest.json"));
    assertEquals("bilinear", manifest.at("/settings/upsampling").asText());
  }

  /** Its configuration knew of no upsampling. */
  @Test
  void aJobThatAnEarlierVersionBeganGoesOn() throws IOException {
    Path out = run(config("grad-cam"), "out").folder();
    Path file = out.resolve("manifest.json");
    ObjectNode manifest = (ObjectNode) JsonFile.read(file);
    assertTrue(manifest.at("/settings/upsampling").isMissingNode());
    ((ObjectNode) manifest.at("/configuration/settings")).remove("upsampling");
    JsonFile.write(file, manifest.put("status", "stopped"));
    assertTrue(
        new SaliencyJob(context(JobListener.silent(), StopSignal.never()))
            .resume(out)
            .orElseThrow()
            .done());
  }

  @Test
  void whatCannotBeIsRefusedWithItsValue() {
    for (String name : List.of("odd", "gradient,rise")) {
      IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> config(name));
      assertTrue(String.valueOf(e.getMessage()).contains(name), e.toString());
    }
    assertThrows(IllegalArgumentException.class, () -> SaliencyConfig.of("tiny"));
  }
}
