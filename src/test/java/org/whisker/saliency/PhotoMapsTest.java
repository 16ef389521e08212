package org.whisker.saliency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeBins;
import org.whisker.image.EdgeRank;
import org.whisker.random.SplitMix64;
import org.whisker.saliency.PhotoMaps.Contrast;
import org.whisker.saliency.PhotoMaps.MeanBin;
import org.whisker.saliency.PhotoMaps.Photo;
import org.whisker.saliency.SaliencyMap.SignConvention;

class PhotoMapsTest {
  private static final Canvas CANVAS = new Canvas(20, 20);
  private static final int PARTS = 5;
  private final SplitMix64 random = new SplitMix64(8);

  /** Maps whose strength falls or rises with the edge rank, with noise. */
  private PhotoMaps maps(String model, String group, int photos, double slope) {
    EdgeRank rank = new EdgeRank(CANVAS);
    List<Photo> all = new ArrayList<>();
    for (int photo = 0; photo < photos; photo++) {
      float[] values = new float[CANVAS.pixels()];
      double scale = 1 + 9 * random.nextDouble();
      for (int i = 0; i < values.length; i++) {
        double strength = 1 + slope * (rank.of(i) - 0.5) + 0.2 * random.nextGaussian();
        values[i] = (float) (scale * Math.max(0, strength) * (random.nextBoolean() ? 1 : -1));
      }
      SaliencyMap map =
          new SaliencyMap(CANVAS, values, "logits", "m", SignConvention.CONTENT_TOWARDS_NOT_TARGET);
      all.add(Photo.of("photo " + photo, 0.5, map, PARTS).orElseThrow());
    }
    return new PhotoMaps(model, group, "m", all);
  }

  @Test
  void theProfileIsTheMeanOverPhotosWhateverTheStrengthOfTheirMaps() {
    List<MeanBin> profile = maps("a", "cat", 12, 1).profile(new EdgeBins(CANVAS, PARTS).bins());
    assertEquals(PARTS, profile.size());
    assertEquals(0.6, profile.get(0).mean(), 0.06);
    assertEquals(1.4, profile.get(PARTS - 1).mean(), 0.06);
    for (MeanBin bin : profile) {
      assertTrue(bin.interval().orElseThrow().low() < bin.mean());
      assertTrue(bin.interval().orElseThrow().high() > bin.mean());
      assertTrue(bin.interval().orElseThrow().low() > 0);
    }
  }

  /** Student's interval of two such photos would begin far below 0. */
  @Test
  void anIntervalOfRatiosStaysAbove0() {
    Photo one = new Photo("1", 0, 0.5, List.of(0.1));
    Photo other = new Photo("2", 0, 0.5, List.of(3.0));
    MeanBin bin =
        new PhotoMaps("a", "cat", "m", List.of(one, other))
            .profile(new EdgeBins(CANVAS, 1).bins())
            .get(0);
    assertTrue(bin.interval().orElseThrow().low() > 0, bin.toString());
  }

  @Test
  void aZeroMapIsNoPhoto() {
    SaliencyMap zero =
        new SaliencyMap(
            CANVAS, new float[400], "logits", "m", SignConvention.CONTENT_TOWARDS_NOT_TARGET);
    assertEquals(Optional.empty(), Photo.of("white", 0, zero, PARTS));
    PhotoMaps none = new PhotoMaps("a", "cat", "m", List.of());
    assertEquals(Optional.empty(), none.edgeIndex(random));
    assertEquals(List.of(), none.profile(new EdgeBins(CANVAS, PARTS).bins()));
  }

  @Test
  void groupsAreComparedOnAModelAndModelsOnThePhotosThatBothHave() {
    PhotoMaps cats = maps("a", "cat", 12, 1);
    PhotoMaps others = maps("a", "not_cat", 12, 0);
    PhotoMaps elsewhere = maps("b", "cat", 10, -1);
    List<Contrast> found = Contrast.all(List.of(cats, others, elsewhere), 1);
    assertEquals(2, found.size(), "no contrast across both");
    Contrast groups = found.get(0);
    assertFalse(groups.paired());
    assertEquals(24, groups.photos());
    assertTrue(groups.deltaEdgeIndex() > 0.04, groups.toString());
    assertTrue(groups.pHolm() < 0.01, groups.toString());
    Contrast models = found.get(1);
    assertTrue(models.paired());
    assertEquals(10, models.photos());
    assertTrue(models.ciLow() > 0.1, models.toString());
    assertTrue(models.pHolm() >= models.p());
    PhotoMaps same = maps("a", "not_cat", 12, 1);
    assertTrue(Contrast.all(List.of(cats, same), 1).get(0).p() > 0.01);
  }
}
