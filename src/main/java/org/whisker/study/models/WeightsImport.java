package org.whisker.study.models;

import java.io.IOException;
import java.util.List;
import java.util.OptionalDouble;
import org.whisker.classifier.FeatureClassifier;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.Networks;
import org.whisker.classifier.Output;
import org.whisker.classifier.PublishedModel;
import org.whisker.classifier.WeightsFile;
import org.whisker.image.BlackPixels;
import org.whisker.image.Raster;
import org.whisker.network.Network;
import org.whisker.network.Padding;
import org.whisker.study.InvalidRequestException;
import org.whisker.study.JobContext;
import org.whisker.study.WhiskerVersion;
import org.whisker.torch.Classifiers;
import org.whisker.torch.ModuleCheck;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier;
import org.whisker.weights.DType;
import org.whisker.weights.Layouts;
import org.whisker.weights.Safetensors;
import org.whisker.weights.Weights;

/** Makes a model of a published network's weights. */
record WeightsImport(ImportRequest request, PublishedModel published, JobContext context) {
  ImportResult run(ModelStore store) throws IOException {
    Safetensors source = Safetensors.open(request.file());
    ModelCard card = card(source);
    Raster photo = TestPicture.of(request.photo(), card.input());
    Network network = Networks.of(card);
    Weights fitted = Layouts.fit(source, network.parameters());
    List<ImportResult.Seen> seen = look(card, fitted, photo);
    ModelCard saved = store.save(card, fitted, DType.F32);
    return new ImportResult(saved, seen, OptionalDouble.empty(), List.of());
  }

  private ModelCard card(Weights source) {
    PublishedModel.Found found = published.found(source);
    ModelCard.Input input = request.input().orElse(found.input());
    Output output =
        found.outputs() == 1
            ? Output.NOT_CAT_LOGIT
            : InvalidRequestException.check(
                () ->
                    new Output(
                        Output.Form.LOGITS, found.outputs(), request.cat(found.catClasses())));
    return new ModelCard(
        request.name(),
        found.architecture(),
        input,
        request.preprocessing(published.preprocessing(input.channels()), input.channels()),
        output,
        Padding.ZERO,
        null,
        null,
        WeightsFile.UNSAVED,
        context.clock().instant(),
        WhiskerVersion.get());
  }

  /** One picture a pass: a large network needs little more memory than its weights. */
  private List<ImportResult.Seen> look(ModelCard card, Weights weights, Raster photo)
      throws IOException {
    var run = new TorchClassifier.Settings(Precision.FLOAT32, request.device(), 1);
    try (TorchClassifier classifier = Classifiers.of(card, weights, run)) {
      Raster white = BlackPixels.none(classifier.canvas());
      return List.of(
          seen("white", classifier, card, white),
          seen(TestPicture.name(request.photo()), classifier, card, photo));
    }
  }

  private static ImportResult.Seen seen(
      String picture, FeatureClassifier classifier, ModelCard card, Raster raster)
      throws IOException {
    float logit = classifier.logits(List.of(raster))[0];
    if (!Float.isFinite(logit)) {
      throw new IOException(
          "these weights give a logit of %s for %s; check --mean and --std"
              .formatted(logit, picture));
    }
    return new ImportResult.Seen(picture, outputs(classifier, card, raster, logit), logit);
  }

  private static String outputs(
      FeatureClassifier classifier, ModelCard card, Raster raster, float logit) {
    if (card.output().isNotCatLogit()) {
      return ModuleCheck.highest(logit);
    }
    List<String> layers = classifier.layers();
    FeatureClassifier.Features head =
        classifier.features(layers.get(layers.size() - 2), List.of(raster)).get(0);
    double[] outputs = new double[card.output().size()];
    for (int i = 0; i < outputs.length; i++) {
      outputs[i] = head.activation(i, 0, 0);
    }
    return ModuleCheck.highest(outputs);
  }
}
