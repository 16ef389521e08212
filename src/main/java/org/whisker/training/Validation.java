package org.whisker.training;

import java.util.List;
import org.whisker.dataset.CachedPhoto;
import org.whisker.torch.TrainableNetwork;

/** Accuracy and mean binary cross-entropy on photos as they are (centre crops). */
record Validation(double accuracy, double loss) {
  static Validation of(
      TrainableNetwork net, List<CachedPhoto> photos, PhotoBatches batches, int batch) {
    int right = 0;
    double loss = 0;
    for (int from = 0; from < photos.size(); from += batch) {
      PhotoBatches.Batch some =
          batches.plain(photos.subList(from, Math.min(photos.size(), from + batch)));
      float[] logits = net.logits(some.images(), some.size());
      for (int i = 0; i < logits.length; i++) {
        boolean notCat = some.targets().get(i) > 0.5f;
        right += (logits[i] > 0) == notCat ? 1 : 0;
        loss += softplus(notCat ? -logits[i] : logits[i]);
      }
    }
    return new Validation(right / (double) photos.size(), loss / photos.size());
  }

  private static double softplus(double z) {
    return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
  }
}
