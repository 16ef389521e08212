package org.whisker.feature.train;

import java.util.List;
import java.util.function.IntConsumer;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.Evaluation;
import org.whisker.dataset.PhotoCache.CachedPhoto;
import org.whisker.dataset.PhotoSet.Label;
import org.whisker.dataset.PhotoSet.Photo;
import org.whisker.image.Raster;
import org.whisker.job.input.PictureSize.Pictures;
import org.whisker.stats.RocCurve;

/** Labelled photos with a classifier's logits of not-cat. */
final class ScoredPhotos {
  private final List<Photo> photos;
  private final float[] logits;

  private ScoredPhotos(List<Photo> photos, float[] logits) {
    this.photos = photos;
    this.logits = logits;
  }

  /**
   * Scores {@code photos}, resized where needed.
   *
   * @param progress told how many are done
   */
  static ScoredPhotos of(
      Classifier classifier, List<CachedPhoto> photos, int batch, IntConsumer progress) {
    float[] logits = new float[photos.size()];
    for (int from = 0; from < logits.length; from += batch) {
      int to = Math.min(logits.length, from + batch);
      List<Raster> some =
          photos.subList(from, to).stream()
              .map(photo -> Pictures.fitted(photo, classifier.canvas()))
              .toList();
      System.arraycopy(classifier.logits(some), 0, logits, from, to - from);
      progress.accept(to);
    }
    return new ScoredPhotos(photos.stream().map(CachedPhoto::photo).toList(), logits);
  }

  List<Photo> photos() {
    return photos;
  }

  float logit(int photo) {
    return logits[photo];
  }

  Evaluation evaluation() {
    int[] labels = photos.stream().mapToInt(photo -> photo.label().classIndex()).toArray();
    return new Evaluation(logits, labels, photos.stream().map(Photo::origin).toList());
  }

  /** Cats are the positives. */
  RocCurve roc() {
    double[] scores = new double[logits.length];
    boolean[] cats = new boolean[logits.length];
    for (int i = 0; i < logits.length; i++) {
      scores[i] = -logits[i];
      cats[i] = photos.get(i).label() == Label.CAT;
    }
    return RocCurve.of(scores, cats);
  }
}
