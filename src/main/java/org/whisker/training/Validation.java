package org.whisker.training;

import org.whisker.torch.TrainableNetwork;

/** Accuracy and mean binary cross-entropy on photos without augmentation (centre crops). */
record Validation(double accuracy, double loss) {
  static Validation of(TrainableNetwork net, BatchSource source, int batch) {
    int photos = source.validations();
    int right = 0;
    double loss = 0;
    for (int from = 0; from < photos; from += batch) {
      PhotoBatches.Batch some = source.validation(from, Math.min(photos, from + batch));
      float[] logits = net.logits(some.images(), some.size());
      for (int i = 0; i < logits.length; i++) {
        boolean notCat = some.targets().get(i) > 0.5f;
        right += (logits[i] > 0) == notCat ? 1 : 0;
        loss += softplus(notCat ? -logits[i] : logits[i]);
      }
    }
    return new Validation(right / (double) photos, loss / photos);
  }

  private static double softplus(double z) {
    return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
  }
}
