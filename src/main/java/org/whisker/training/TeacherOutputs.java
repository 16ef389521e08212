package org.whisker.training;

import java.util.List;
import org.whisker.classifier.Classifier;
import org.whisker.image.GrayImage;

/** What a loaded teacher gives for pictures, at its own input size. */
public interface TeacherOutputs extends AutoCloseable {
  /**
   * For each picture, in order, the logit of not-cat and then the features that are taught, if any.
   */
  float[] of(List<GrayImage> pictures);

  @Override
  void close();

  /** The logits of a classifier and no features; closing closes the classifier. */
  static TeacherOutputs logits(Classifier classifier) {
    return new TeacherOutputs() {
      @Override
      public float[] of(List<GrayImage> pictures) {
        return classifier.logits(pictures);
      }

      @Override
      public void close() {
        classifier.close();
      }
    };
  }
}
