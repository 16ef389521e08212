package org.whisker.torch;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.Networks;
import org.whisker.classifier.Output;
import org.whisker.classifier.Preprocessing;
import org.whisker.classifier.StoredModel;
import org.whisker.classifier.WeightsFile;
import org.whisker.image.Raster;
import org.whisker.weights.WholeFile;

/** Models as TorchScript archives that Python loads by {@code torch.jit.load}. */
public final class ModelExport {
  private ModelExport() {}

  /**
   * Writes a network as it is run here: gray values in, [N, 1, rows, columns], 0 black to 1 white
   * (preprocessing is part of it), logits of not-cat out, [N, 1], in float32.
   *
   * @param readme contents of its file {@code extra/README.txt}
   * @throws org.whisker.classifier.UnknownLayersException for a TorchScript module, which is one
   */
  public static void torchScript(StoredModel model, Path target, String readme) throws IOException {
    ModelCard card = model.card();
    FoldedModel folded = FoldedModel.of(Networks.of(card), model.weights(), card.preprocessing());
    InferenceScript script =
        new InferenceScript(
            folded.network(),
            Precision.FLOAT32,
            card.preprocessing(),
            List.of(),
            LayerScript.Mode.INFERENCE);
    TensorArchive archive =
        new TensorArchive(
            folded.network().parameters(),
            folded.weights(),
            script.scoring(),
            Map.of("README.txt", readme));
    WholeFile.write(
        target,
        channel -> {
          OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
          archive.write(out);
          out.flush();
        });
  }

  /**
   * The largest difference between the logits of an exported file and those of the original model.
   */
  public static double largestDifference(
      StoredModel model, Path exported, List<? extends Raster> pictures) throws IOException {
    TorchClassifier.Settings run =
        new TorchClassifier.Settings(Precision.FLOAT32, TorchDevice.cpu(), 1);
    float[] wanted;
    try (Classifier own = Classifiers.open(model, run)) {
      wanted = own.logits(pictures);
    }
    ModuleArchive.check(exported);
    try (Classifier theirs = new ModuleClassifier(asModule(model.card()), exported, run)) {
      float[] got = theirs.logits(pictures);
      double largest = 0;
      for (int i = 0; i < got.length; i++) {
        largest = Math.max(largest, Math.abs((double) got[i] - wanted[i]));
      }
      return largest;
    }
  }

  /** The card that an exported file would have as an imported module. */
  private static ModelCard asModule(ModelCard card) {
    return new ModelCard(
        card.name(),
        null,
        new ModelCard.Input(1, card.input().height(), card.input().width()),
        Preprocessing.identity(),
        Output.NOT_CAT_LOGIT,
        null,
        null,
        null,
        WeightsFile.UNSAVED_MODULE,
        card.created(),
        card.whiskerVersion());
  }
}
